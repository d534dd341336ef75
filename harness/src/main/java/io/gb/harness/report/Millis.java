package io.gb.harness.report;

/** Milliseconds as ab rounds them. */
final class Millis {

  private Millis() {}

  /** Cuts off below whole microseconds, then rounds half a millisecond up. */
  static long of(long nanos) {
    return Math.floorDiv(Math.floorDiv(nanos, 1000L) + 500, 1000L);
  }
}
