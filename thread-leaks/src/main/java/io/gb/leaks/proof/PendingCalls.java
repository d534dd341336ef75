package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls that have not begun because the JVM first runs other Java code: it loads the class of
 * the method, initializes it, or links the call. The arguments are then neither on the stack of the
 * caller, as a dump shows it, nor on one of the method that is called, which has none yet.
 */
final class PendingCalls {

  private static final String LOAD = "(Ljava/lang/String;)Ljava/lang/Class;";

  private static final Set<String> LINKERS =
      Set.of("java.lang.invoke.MethodHandleNatives", "java.lang.ClassLoader");

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

  /** Whether the JVM calls such a method on its own, to be able to go on. */
  private static boolean isByJvm(Frame frame) {
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
