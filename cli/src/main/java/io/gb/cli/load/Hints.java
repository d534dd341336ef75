package io.gb.cli.load;

import static java.util.stream.Collectors.joining;

import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.load.EndReason;
import io.gb.harness.stats.ErrorSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a report that name an option of gb which may help with what the run has met. */
final class Hints {

  private Hints() {}

  /**
   * Returns the rows for a result, each at most 80 columns wide; empty if nothing may help.
   *
   * @param isNumberImplied whether the number of requests is the one that {@code -t} implies
   */
  static String of(BenchmarkResult result, boolean isNumberImplied) {
    ConnectionConfig config = result.config().connection();
    Map<String, Boolean> hints = new LinkedHashMap<>();
    hints.put(
        "every request opened a connection; -k keeps them open",
        !config.keepAlive() && result.connections().opened() > 1);
    hints.put(
        "-t implies -n 50000, which ended the run; -n behind -t",
        isNumberImplied && result.endReason() == EndReason.FINISHED);
    hints.put(
        "bodies differ in length; -l takes them for complete", result.summary().wrongLength() > 0);
    hints.put(
        "--retry sends once more what got no response",
        config.keepAlive()
            && !config.retry()
            && result.summary().keptAlive() > 0
            && isIdempotent(result)
            && hasFailed(result, ErrorKind.NO_RESPONSE, ""));
    hints.put(
        "the proxy asks for credentials; -P user:password",
        result.statuses().containsKey(407)
            || hasFailed(result, ErrorKind.CONNECT, "the proxy refused the tunnel: HTTP/1.1 407")
            || hasFailed(result, ErrorKind.CONNECT, "the proxy refused the tunnel: HTTP/1.0 407"));
    hints.put(
        "the server asks for credentials; -A user:password", result.statuses().containsKey(401));
    return hints.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(hint -> "Hint:                   " + hint.getKey() + "\n")
        .collect(joining());
  }

  private static boolean hasFailed(BenchmarkResult result, ErrorKind kind, String why) {
    ErrorSummary error = result.summary().errors().get(kind);
    return error != null && error.reason().contains(why);
  }

  private static boolean isIdempotent(BenchmarkResult result) {
    return new Job(result.config().request().method(), "/", List.of(), new byte[0]).isIdempotent();
  }
}
