package io.gb.compare.jmh;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The identity of a benchmark: results with equal ones belong together. Immutable; the order of the
 * parameters does not matter for equality.
 *
 * @param benchmark class and method, {@code org.sample.Codec.encode}
 * @param params the values of JMH's parameters, in the order of the file; often empty
 * @param mode JMH's mode
 * @param threads number of threads if results of one side differ in it; else 0
 */
public record BenchmarkId(String benchmark, Map<String, String> params, Mode mode, int threads) {

  private static final Pattern CONTROL_CHARACTER = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F]");

  /** Copies the map and keeps its order. */
  public BenchmarkId {
    params = params.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /**
   * Creates an identity without a number of threads.
   *
   * @param benchmark class and method
   * @param params the values of JMH's parameters
   * @param mode JMH's mode
   */
  public BenchmarkId(String benchmark, Map<String, String> params, Mode mode) {
    this(benchmark, params, mode, 0);
  }

  /**
   * {@return the same with another number of threads}
   *
   * @param other number of threads
   */
  public BenchmarkId withThreads(int other) {
    return new BenchmarkId(benchmark, params, mode, other);
  }

  /**
   * {@return benchmark, parameters and threads in one text: {@code a.B.c size=10,kind=x}}. Control
   * characters are escaped as in Java, so that a terminal does not execute them.
   */
  public String label() {
    String suffix = threads == 0 ? "" : " (" + threads + (threads == 1 ? " thread)" : " threads)");
    if (params.isEmpty()) {
      return printable(benchmark) + suffix;
    }
    return params.entrySet().stream()
        .map(param -> printable(param.getKey() + "=" + param.getValue()))
        .collect(joining(",", printable(benchmark) + " ", suffix));
  }

  private static String printable(String text) {
    // Nearly all names have none, and reports have thousands of names.
    return text.chars().noneMatch(Character::isISOControl)
        ? text
        : CONTROL_CHARACTER
            .matcher(text)
            .replaceAll(
                found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
  }
}
