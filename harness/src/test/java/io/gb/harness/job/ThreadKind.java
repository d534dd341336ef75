package io.gb.harness.job;

/** The threads that a queue must serve alike. */
enum ThreadKind {
  PLATFORM,
  VIRTUAL;

  /** Returns a builder of threads that do not keep the JVM alive, should a test leave them. */
  Thread.Builder builder() {
    return this == PLATFORM ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
  }
}
