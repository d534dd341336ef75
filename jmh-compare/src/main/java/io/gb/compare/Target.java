package io.gb.compare;

import static java.util.stream.Collectors.toMap;

import io.gb.compare.jmh.BenchmarkId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which benchmark a budget means.
 *
 * @param benchmark the last parts of its full name, {@code Codec.encode}
 * @param params the values it must have; others may be anything
 */
record Target(String benchmark, Map<String, String> params) {

  /** Reads {@code benchmark(param=value,...)}; the parentheses may be missing. */
  static Target parse(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return new Target(text, Map.of());
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (String param : text.substring(open + 1, text.length() - 1).split(",", -1)) {
      int equals = param.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "parameters must be name=value with commas between, not " + param.strip());
      }
      params.put(param.substring(0, equals).strip(), param.substring(equals + 1).strip());
    }
    return new Target(text.substring(0, open), params);
  }

  boolean matches(BenchmarkId id) {
    return (id.benchmark().equals(benchmark) || id.benchmark().endsWith("." + benchmark))
        && id.params().entrySet().containsAll(params.entrySet());
  }

  /**
   * Whether a result is what to compare another one with: of the same mode, threads and other
   * parameters.
   */
  boolean isCounterpart(BenchmarkId id, BenchmarkId of) {
    Map<String, String> others =
        id.params().entrySet().stream()
            .filter(param -> !params.containsKey(param.getKey()))
            .filter(param -> of.params().containsKey(param.getKey()))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    return matches(id)
        && id.mode() == of.mode()
        && id.threads() == of.threads()
        && of.params().entrySet().containsAll(others.entrySet());
  }
}
