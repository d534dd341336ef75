package io.gb.compare.jmh;

import static java.util.stream.Collectors.joining;

import io.gb.text.ForeignText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
      return ForeignText.line(benchmark) + suffix;
    }
    return params.entrySet().stream()
        .map(param -> ForeignText.line(param.getKey() + "=" + param.getValue()))
        .collect(joining(",", ForeignText.line(benchmark) + " ", suffix));
  }
}
