package io.gb.compare.limit;

import static java.util.stream.Collectors.toMap;

import io.gb.compare.jmh.BenchmarkId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A benchmark as a limit names it.
 *
 * @param benchmark the last parts of its full name, {@code Codec.encode}
 * @param params the values that its parameters must have; others may have any
 */
record BenchmarkName(String benchmark, Map<String, String> params) {

  /**
   * Reads {@code benchmark(param=value,...)}; the parentheses may be missing.
   *
   * @throws IllegalArgumentException if a parameter has no value
   */
  static BenchmarkName parse(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return new BenchmarkName(text, Map.of());
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (String param : text.substring(open + 1, text.length() - 1).split(",", -1)) {
      int equals = param.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "parameters must be name=value, separated by commas, not " + param.strip());
      }
      params.put(param.substring(0, equals).strip(), param.substring(equals + 1).strip());
    }
    return new BenchmarkName(text.substring(0, open), params);
  }

  boolean matches(BenchmarkId id) {
    return (id.benchmark().equals(benchmark) || id.benchmark().endsWith("." + benchmark))
        && id.params().entrySet().containsAll(params.entrySet());
  }

  /**
   * Whether a result is the one to divide another by: this name matches it, and mode, threads and
   * the parameters that the name leaves open are those of the other.
   */
  boolean isCounterpart(BenchmarkId id, BenchmarkId of) {
    Map<String, String> open =
        id.params().entrySet().stream()
            .filter(param -> !params.containsKey(param.getKey()))
            .filter(param -> of.params().containsKey(param.getKey()))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    return matches(id)
        && id.mode() == of.mode()
        && id.threads() == of.threads()
        && of.params().entrySet().containsAll(open.entrySet());
  }
}
