package io.gb.compare;

/** What a row of the table says. */
public enum Verdict {
  /** A shown change of speed for the better. */
  FASTER,
  /** A shown change of speed for the worse. */
  SLOWER,
  /** A shown decrease of something that is not speed. */
  LESS,
  /** A shown increase of something that is not speed. */
  MORE,
  /** The change, if there is one, is smaller than what counts. */
  SAME,
  /** Neither a change nor its absence could be shown. */
  NOT_SHOWN;

  /**
   * Returns the words for it, such as {@code SAME WITHIN 1 %}.
   *
   * @param sameWithin the share up to which changes count as none
   */
  public String text(double sameWithin) {
    return switch (this) {
      case SAME -> "SAME WITHIN " + Numbers.plain(100 * sameWithin) + " %";
      case NOT_SHOWN -> "NOT SHOWN";
      default -> name();
    };
  }
}
