package io.gb.leaks.corpus;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/** Runs code on top of a native frame, where a virtual thread cannot leave its carrier. */
final class Pinning {

  /** May be interrupted. */
  @FunctionalInterface
  interface Body {

    void run() throws InterruptedException;
  }

  static final ThreadLocal<Body> BODIES = new ThreadLocal<>();

  private Pinning() {}

  /** The JVM calls class initialisers from native code; this makes a new class for each call. */
  static void run(Body body) throws Exception {
    BODIES.set(body);
    try (InputStream code = Pinning.class.getResourceAsStream("Pinning$Pinned.class")) {
      byte[] bytes = Objects.requireNonNull(code).readAllBytes();
      MethodHandles.lookup().defineHiddenClass(bytes, true);
    }
  }

  /** A template; its copies run the body of the thread that loads them. */
  static final class Pinned {

    static {
      try {
        BODIES.get().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private Pinned() {}
  }
}
