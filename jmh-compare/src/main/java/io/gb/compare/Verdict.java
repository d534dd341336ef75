package io.gb.compare;

/** What a row of the table says. */
public enum Verdict {
  /** A shown change of the primary metric for the better. */
  FASTER,
  /** A shown change of the primary metric for the worse. */
  SLOWER,
  /** A shown decrease of anything else. */
  LESS,
  /** A shown increase of anything else. */
  MORE,
  /** Whatever the change is, its whole interval or range is smaller than the share that counts. */
  SAME,
  /** A change of fewer bytes than count, though the values are further apart than that share. */
  BELOW_FLOOR,
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
      case BELOW_FLOOR -> "BELOW FLOOR";
      default -> name();
    };
  }
}
