package io.gb.compare;

import io.gb.compare.text.Numbers;

/** What is said of the change in a row. */
public enum Verdict {
  /** A shown change of the primary metric for the better. */
  FASTER,
  /** A shown change of the primary metric for the worse. */
  SLOWER,
  /** A shown decrease of anything else. */
  LESS,
  /** A shown increase of anything else. */
  MORE,
  /**
   * The whole interval of the change, or the range of exact values, lies within the share that
   * counts as the same.
   */
  SAME,
  /** The change is larger than that share, but not than the floor in bytes. */
  BELOW_FLOOR,
  /** Neither a change nor its absence is shown. */
  NOT_SHOWN;

  /**
   * {@return the verdict in words, such as {@code SAME WITHIN 1 %}}
   *
   * @param sameWithin as in the settings
   */
  public String text(double sameWithin) {
    return switch (this) {
      case SAME -> "SAME WITHIN " + Numbers.plain(100 * sameWithin) + " %";
      case NOT_SHOWN -> "NOT SHOWN";
      case BELOW_FLOOR -> "BELOW FLOOR";
      default -> name();
    };
  }
}
