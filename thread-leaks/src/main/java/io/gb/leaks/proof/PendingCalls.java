package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls that have not begun because the JVM first runs other Java code: it loads the class of
 * the method, initializes it, or links the call. The arguments are then neither on the stack of the
 * caller, as a dump shows it, nor on one of the method that is called, which has none yet. If
 * another thread is about to make the class ready, the caller just waits for it, inside the JVM: it
 * seems to run, or to stand at the entrance of a monitor.
 */
final class PendingCalls {

  private static final String LOAD = "(Ljava/lang/String;)Ljava/lang/Class;";

  private static final Set<String> LINKERS =
      Set.of("java.lang.invoke.MethodHandleNatives", "java.lang.ClassLoader");

  /** Agents and the flight recorder rewrite classes while these are loaded. */
  private static final Set<String> UPCALLS =
      Set.of("sun.instrument.InstrumentationImpl", "jdk.jfr.internal.JVMUpcalls");

  private PendingCalls() {}

  /**
   * Returns a frame that may have made such a call, or null. Native code may have caused the same,
   * but has passed nothing on yet.
   *
   * @param frames the frames of a thread, the top one first
   */
  static @Nullable Frame caller(List<Frame> frames) {
    for (int i = 1; i < frames.size(); i++) {
      if (!frames.get(i).isNative() && isByJvm(frames.get(i - 1))) {
        return frames.get(i);
      }
    }
    return null;
  }

  /** Whether a thread makes a class ready, for which others may wait in front of a call. */
  static boolean isPreparing(List<Frame> frames) {
    return frames.stream().anyMatch(PendingCalls::isByJvm);
  }

  /** Whether the JVM calls such a method on its own, to be able to go on. */
  private static boolean isByJvm(Frame frame) {
    if (UPCALLS.contains(frame.className())) {
      return true;
    }
    return switch (frame.method()) {
      case "<clinit>" -> true;
      case "loadClass" -> frame.signature().equals(LOAD);
      case "checkPackageAccess",
          "linkCallSite",
          "linkDynamicConstant",
          "linkMethod",
          "linkMethodHandleConstant",
          "findMethodHandleType" ->
          LINKERS.contains(frame.className());
      default -> false;
    };
  }
}
