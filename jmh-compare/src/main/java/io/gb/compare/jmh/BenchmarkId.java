package io.gb.compare.jmh;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What makes two results belong together. Immutable; the order of the parameters does not matter
 * for equality.
 *
 * @param benchmark class and method
 * @param params the values of JMH's parameters, in the order of the file; often empty
 * @param mode JMH's mode
 */
public record BenchmarkId(String benchmark, Map<String, String> params, Mode mode) {

  /** Copies the map and keeps its order. */
  public BenchmarkId {
    params = params.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** Returns benchmark and parameters in one text: {@code a.B.c size=10,kind=x}. */
  public String label() {
    if (params.isEmpty()) {
      return benchmark;
    }
    return params.entrySet().stream()
        .map(param -> param.getKey() + "=" + param.getValue())
        .collect(joining(",", benchmark + " ", ""));
  }
}
