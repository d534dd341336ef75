package io.gb.harness.report;

import io.gb.harness.BenchmarkResult;
import io.gb.harness.load.EndReason;
import io.gb.harness.load.LoadConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines of a report on what went wrong: why requests failed, and why the run ended early. */
final class Troubles {

  /** Messages of the system about limits of this machine, with a hint for each. */
  private static final Map<String, String> EXPLANATIONS =
      Map.of(
          "Too many open files", "see ulimit -n",
          "Cannot assign requested address", "no free local port, or no address of this machine",
          "asked for a client certificate", "-E gives one");

  /** From this share of failed requests on, the percentiles are those of too few. */
  private static final double MANY_FAILURES = 0.01;

  private Troubles() {}

  /** Returns labels and texts, in the order to print them; none if nothing went wrong. */
  static Map<String, String> of(BenchmarkResult result) {
    Map<String, String> troubles = new LinkedHashMap<>();
    result
        .summary()
        .errors()
        .forEach((kind, error) ->
            troubles.put(
                "Failed, " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ":",
                Text.format(
                    "%d, from %.3f to %.3f seconds, for example: %s",
                    error.count(),
                    error.firstNanos() / 1e9,
                    error.lastNanos() / 1e9,
                    explained(error.reason()))));
    if (!result.sloppyResponses().isEmpty()) {
      List<String> kinds = new ArrayList<>();
      result.sloppyResponses().forEach((kind, count) -> kinds.add(count + " with " + kind));
      troubles.put("Sloppy responses:", String.join("; ", kinds));
    }
    long ended = result.completed() + result.failed();
    if (result.completed() > 0 && result.failed() >= MANY_FAILURES * ended) {
      troubles.put(
          "Times are those of:",
          Text.format("%d of %d requests; the others failed", result.completed(), ended));
    }
    if (endedEarly(result) || result.error().isPresent()) {
      long requests = result.config().load().requests();
      troubles.put(
          "Ended early:",
          Text.format(
              "%s; %d %srequests ended, %d under way were cut off",
              reason(result),
              ended,
              requests == LoadConfig.UNLIMITED ? "" : "of " + requests + " ",
              result.recalled()));
    }
    if (result.recalled() > 0) {
      troubles.put(
          "Under way at the end:",
          Text.format(
              "%d, the oldest for %.3f seconds; not in the percentiles",
              result.recalled(), result.longestUnderWay().toNanos() / 1e9));
    }
    return troubles;
  }

  /** A run whose only limit is its time ends as planned when that is over. */
  private static boolean endedEarly(BenchmarkResult result) {
    long requests = result.config().load().requests();
    boolean asPlanned =
        requests == LoadConfig.UNLIMITED && result.endReason() == EndReason.TIME_LIMIT;
    return !asPlanned && (result.issued() < requests || result.unsent() > 0);
  }

  private static String reason(BenchmarkResult result) {
    return switch (result.endReason()) {
      case FINISHED -> "for no reason known";
      case TIME_LIMIT -> "time limit";
      case CANCELLED -> "interrupted";
      case GAVE_UP -> "nothing but failures from the start";
      case RECEIVE_ERROR -> "a response could not be received (-r goes on)";
      case ERROR -> result.error().map(Throwable::toString).orElse("an unexpected error");
    };
  }

  private static String explained(String reason) {
    return EXPLANATIONS.entrySet().stream()
        .filter(known -> reason.contains(known.getKey()))
        .findFirst()
        .map(known -> reason + " (" + known.getValue() + ")")
        .orElse(reason);
  }
}
