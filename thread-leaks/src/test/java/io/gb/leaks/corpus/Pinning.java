package io.gb.leaks.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Runs code on top of a native frame, where a virtual thread cannot leave its carrier. */
public final class Pinning {

  /** What each thread wants to run; public for the copies of the class below. */
  public static final ThreadLocal<Threads.Body> BODIES = new ThreadLocal<>();

  private Pinning() {}

  /** The JVM calls class initialisers from native code; this makes a new class for each call. */
  public static void run(Threads.Body body) throws Exception {
    BODIES.set(body);
    Class.forName(Pinned.class.getName(), true, new Copier());
  }

  private static final class Copier extends ClassLoader {

    Copier() {
      super(Pinning.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Pinned.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream code = Pinning.class.getResourceAsStream("Pinning$Pinned.class")) {
        byte[] bytes = Objects.requireNonNull(code).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** A template; its copies run the body of the thread that loads them. */
  static final class Pinned {

    static {
      Threads.perform(BODIES.get());
    }

    private Pinned() {}
  }
}
