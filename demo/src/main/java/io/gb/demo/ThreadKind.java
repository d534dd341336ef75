package io.gb.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The kind of threads that workers run on. */
public enum ThreadKind {
  /** Platform threads. */
  PLATFORM,
  /** Virtual threads, like the workers of gb. */
  VIRTUAL;

  /** {@return the name on the command line: in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the kind with this label, if there is one}
   *
   * @param label the name on the command line
   */
  public static Optional<ThreadKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /**
   * {@return a factory of threads of this kind}
   *
   * @param prefix the beginning of their names; a number from 0 follows
   */
  public ThreadFactory factory(String prefix) {
    return (this == PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual()).name(prefix, 0).factory();
  }
}
