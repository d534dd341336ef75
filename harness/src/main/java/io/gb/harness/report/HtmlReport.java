package io.gb.harness.report;

import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.stats.Latencies;
import io.gb.harness.stats.Summary;
import io.gb.text.ForeignText;

/**
 * Renders a result as the HTML table of ab 2.4's {@code -w}. Locale-independent; lines end with
 * {@code \n}. Thread-safe.
 */
public final class HtmlReport {

  private final String table;
  private final String row;
  private final String cell;

  /**
   * Creates a renderer.
   *
   * @param table attributes of the table, verbatim HTML, possibly empty
   * @param row attributes of each row, verbatim HTML, possibly empty
   * @param cell attributes of each cell, verbatim HTML, possibly empty
   */
  public HtmlReport(String table, String row, String cell) {
    this.table = table;
    this.row = row;
    this.cell = cell;
  }

  /**
   * Renders a result.
   *
   * @param result the result of a run, complete or cut short
   * @return the table, beginning with two blank lines as ab's does
   */
  public String render(BenchmarkResult result) {
    StringBuilder out = new StringBuilder(2048);
    out.append("\n\n<table ").append(table).append(">\n");
    facts(out, result);
    rates(out, result);
    if (result.completed() > 0) {
      times(out, result.summary());
    }
    // ab has no such lines.
    Troubles.of(result).forEach((label, text) -> line(out, label, text));
    return out.append("</table>\n").toString();
  }

  private void facts(StringBuilder out, BenchmarkResult result) {
    BenchmarkConfig config = result.config();
    Summary summary = result.summary();
    line(out, "Server Software:", result.server().map(ServerInfo::firstWord).orElse(""));
    line(out, "Server Hostname:", config.request().origin().hostInUrl());
    line(out, "Server Port:", config.request().origin().port());
    line(out, "Document Path:", config.request().target());
    line(
        out,
        "Document Length:",
        config.request().variableLength()
            ? "Variable"
            : Math.max(0, result.documentLength()) + " bytes");
    line(out, "Concurrency Level:", config.connection().concurrency());
    line(
        out,
        "Time taken for tests:",
        Text.format("%.3f seconds", result.elapsed().toNanos() / 1e9));
    line(out, "Complete requests:", result.completed() + result.failed());
    line(out, "Failed requests:", result.failed());
    if (result.failed() > 0) {
      add(
          out,
          "<tr %s><td colspan=4 %s >   (Connect: %d, Length: %d, Exceptions: %d)</td></tr>\n",
          row,
          cell,
          summary.failures(ErrorKind.CONNECT, ErrorKind.TLS),
          summary.failures(ErrorKind.LENGTH),
          summary.failures(
              ErrorKind.SEND,
              ErrorKind.RECEIVE,
              ErrorKind.NO_RESPONSE,
              ErrorKind.TIMEOUT,
              ErrorKind.OTHER));
    }
    if (summary.nonSuccess() > 0) {
      line(out, "Non-2xx responses:", summary.nonSuccess());
    }
    if (config.connection().keepAlive()) {
      line(out, "Keep-Alive requests:", summary.keptAlive());
    }
    line(out, "Total transferred:", summary.bytesReceived() + " bytes");
    if (config.request().body().length > 0) {
      line(out, "Total body sent:", summary.bytesSent());
    }
    line(out, "HTML transferred:", summary.bodyBytes() + " bytes");
  }

  private void rates(StringBuilder out, BenchmarkResult result) {
    double seconds = result.elapsed().toNanos() / 1e9;
    if (seconds <= 0) {
      return;
    }
    Summary summary = result.summary();
    double received = summary.bytesReceived() / 1024.0 / seconds;
    double sent = summary.bytesSent() / 1024.0 / seconds;
    line(out, "Requests per second:", Text.format("%.2f", result.requestsPerSecond()));
    line(out, "Transfer rate:", Text.format("%.2f kb/s received", received));
    if (result.config().request().body().length > 0) {
      more(out, sent, "sent");
      more(out, received + sent, "total");
    }
  }

  private void more(StringBuilder out, double rate, String what) {
    add(
        out,
        "<tr %1$s><td colspan=2 %2$s>&nbsp;</td><td colspan=2 %2$s>%3$.2f kb/s"
            + " %4$s</td></tr>\n",
        row,
        cell,
        rate,
        what);
  }

  private void times(StringBuilder out, Summary summary) {
    add(out, "<tr %s><th %s colspan=4>Connection Times (ms)</th></tr>\n", row, cell);
    add(out, "<tr %s><th %s>&nbsp;</th> ", row, cell);
    add(out, "<th %1$s>min</th>   <th %1$s>avg</th>   <th %1$s>max</th></tr>\n", cell);
    times(out, "Connect:", summary.connect());
    times(out, "Processing:", summary.processing());
    times(out, "Total:", summary.total());
  }

  private void times(StringBuilder out, String label, Latencies times) {
    add(out, "<tr %s><th %s>%s</th>", row, cell, label);
    time(out, times.minNanos());
    time(out, Math.round(times.meanNanos()));
    time(out, times.maxNanos());
    out.append("</tr>\n");
  }

  private void time(StringBuilder out, long nanos) {
    add(out, "<td %s>%5d</td>", cell, Text.millis(nanos));
  }

  private static void add(StringBuilder out, String format, Object... values) {
    out.append(Text.format(format, values));
  }

  private void line(StringBuilder out, String label, Object value) {
    add(
        out,
        "<tr %1$s><th colspan=2 %2$s>%3$s</th><td colspan=2 %2$s>%4$s</td></tr>\n",
        row,
        cell,
        label,
        ForeignText.html(value.toString()));
  }
}
