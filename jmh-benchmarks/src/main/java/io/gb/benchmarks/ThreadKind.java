package io.gb.benchmarks;

/** What consumers run on. */
public enum ThreadKind {
  /** Threads of the operating system. */
  PLATFORM,
  /** Virtual threads, as the workers of gb. */
  VIRTUAL;

  Thread.Builder builder() {
    return this == PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual();
  }
}
