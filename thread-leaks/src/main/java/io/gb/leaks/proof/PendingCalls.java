package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls that have not begun because the JVM first runs other Java code: it loads the class of
 * the method, initializes it, or links the call. Until then, a dump shows the arguments neither in
 * the frame of the caller nor in that of the called method, which does not exist yet. If another
 * thread is loading or initializing the class, the caller waits for that inside the JVM: it seems
 * to run, or to wait at the entrance of a monitor.
 */
final class PendingCalls {

  private static final String LOAD = "(Ljava/lang/String;)Ljava/lang/Class;";

  private static final Set<String> LINKERS =
      Set.of("java.lang.invoke.MethodHandleNatives", "java.lang.ClassLoader");

  /** Through these, agents and the flight recorder transform classes while they are loaded. */
  private static boolean isTransformer(Frame frame) {
    return frame.is("sun.instrument.InstrumentationImpl", "transform")
        || frame.className().equals("jdk.jfr.internal.JVMUpcalls");
  }

  private PendingCalls() {}

  /**
   * Returns a frame that may have made such a call, or null. A native method may cause the same,
   * but has not passed any argument on yet.
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

  /** Whether a thread loads or initializes a class, for which others may wait before a call. */
  static boolean isPreparing(List<Frame> frames) {
    return frames.stream().anyMatch(PendingCalls::isByJvm);
  }

  /** Whether the method of a frame is one that the JVM calls before it can go on with a call. */
  private static boolean isByJvm(Frame frame) {
    if (isTransformer(frame)) {
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
