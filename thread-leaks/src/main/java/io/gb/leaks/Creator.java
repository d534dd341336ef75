package io.gb.leaks;

import io.gb.leaks.dump.Frame;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the code that gave a thread its task. The JVM does not record who has started a thread. But
 * the outermost frame outside the JDK shows where the task is written: if that frame is a lambda,
 * it is the method that contains the lambda.
 */
final class Creator {

  /** {@code java.base/} or {@code app//}, but not the beginning of a hidden class's name. */
  private static final Pattern MODULE = Pattern.compile("^[^(/]*/+(?!0x)");

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$[0-9]+");

  /** A method that the JDK has generated for a lambda or for reflection. */
  private static final Pattern GENERATED = Pattern.compile(".*[+/.]0x[0-9a-f]+\\..*");

  private Creator() {}

  /**
   * The creator of a thread.
   *
   * @param stack its frames, the top one first
   * @return {@code package.Class.method}, or empty if all its frames are the JDK's
   */
  static String of(List<String> stack) {
    for (int i = stack.size() - 1; i >= 0; i--) {
      String frame = withoutModule(stack.get(i));
      int end = frame.indexOf('(');
      String method = end < 0 ? frame : frame.substring(0, end);
      if (!Frame.isOfJdk(method) && !GENERATED.matcher(method).matches()) {
        return writtenIn(method);
      }
    }
    return "";
  }

  /** A frame without the module or the loader that may stand in front of it. */
  static String withoutModule(String frame) {
    return MODULE.matcher(frame).replaceFirst("");
  }

  private static String writtenIn(String method) {
    int dot = method.lastIndexOf('.');
    Matcher lambda = LAMBDA.matcher(method.substring(dot + 1));
    return lambda.matches() ? method.substring(0, dot + 1) + lambda.group(1) : method;
  }
}
