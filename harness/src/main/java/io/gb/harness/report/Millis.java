package io.gb.harness.report;

/** Milliseconds as ab rounds them. */
final class Millis {

  private Millis() {}

  /** Half a millisecond goes up, after whole microseconds were cut off. */
  static long of(long nanos) {
    return Math.floorDiv(Math.floorDiv(nanos, 1000L) + 500, 1000L);
  }
}
