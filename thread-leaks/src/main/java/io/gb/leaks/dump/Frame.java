package io.gb.leaks.dump;

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

  /** Whether it is of that class and that method. */
  public boolean is(String ofClass, String ofMethod) {
    return className.equals(ofClass) && method.equals(ofMethod);
  }

  /** Whether the method is native. */
  public boolean isNative() {
    return line == -3;
  }

  /** As a stack trace shows it. */
  @Override
  public String toString() {
    String where = isNative() ? "Native Method" : source.isEmpty() ? "Unknown Source" : source;
    return className + "." + method + "(" + where + (line > 0 ? ":" + line : "") + ")";
  }
}
