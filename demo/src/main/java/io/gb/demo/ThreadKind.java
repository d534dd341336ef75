package io.gb.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** What workers run on. */
public enum ThreadKind {
  /** Threads of the operating system. */
  PLATFORM,
  /** Virtual threads, as the workers of gb. */
  VIRTUAL;

  /** How it is written: in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with that label, if there is one. */
  public static Optional<ThreadKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /**
   * Makes threads of this kind.
   *
   * @param prefix of their names; a number from 0 follows
   * @return a factory of threads that are not started
   */
  public ThreadFactory factory(String prefix) {
    return (this == PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual()).name(prefix, 0).factory();
  }
}
