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
   * {@return whether a frame belongs to the JDK}
   *
   * @param frame the frame as {@link #toString} shows it, or at least the name of its class
   */
  public static boolean isOfJdk(String frame) {
    return JDK.stream().anyMatch(frame::startsWith);
  }

  /**
   * {@return whether it is a frame of a method}
   *
   * @param ofClass the name of the class of the method
   * @param ofMethod the name of the method
   */
  public boolean is(String ofClass, String ofMethod) {
    return className.equals(ofClass) && method.equals(ofMethod);
  }

  /** {@return whether the method is native} */
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
