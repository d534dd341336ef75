package io.gb.leaks.dump;

import java.util.List;

/**
 * A frame of a stack.
 *
 * @param className the class whose method it is
 * @param method the method's name
 * @param signature the method's descriptor, as the class file has it
 * @param source the name of the source file, or empty
 * @param line the line; not positive if unknown, -3 for a native method
 */
public record Frame(String className, String method, String signature, String source, int line) {

  private static final List<String> JDK = List.of("java.", "jdk.", "sun.", "com.sun.", "javax.");

  /**
   * Whether a frame belongs to the JDK.
   *
   * @param frame the frame as {@link #toString} shows it, or at least the name of its class
   */
  public static boolean isOfJdk(String frame) {
    return JDK.stream().anyMatch(frame::startsWith);
  }

  /** Whether it is a frame of that method of that class. */
  public boolean is(String ofClass, String ofMethod) {
    return className.equals(ofClass) && method.equals(ofMethod);
  }

  /** Whether the method is native. */
  public boolean isNative() {
    return line == -3;
  }

  /** The frame as a stack trace shows it. */
  @Override
  public String toString() {
    String where = isNative() ? "Native Method" : source.isEmpty() ? "Unknown Source" : source;
    return className + "." + method + "(" + where + (line > 0 ? ":" + line : "") + ")";
  }
}
