package io.gb.harness.report;

import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.CpuUse;
import io.gb.harness.http.CipherSuites;
import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.stats.Latencies;
import io.gb.harness.stats.Summary;
import io.gb.text.ForeignText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Renders a result in the layout of ab 2.4 (ApacheBench, {@code support/ab.c} of the Apache HTTP
 * server), so that scripts written for ab can read it, followed by a block of figures that ab does
 * not have, whose lines are at most 80 columns wide. Locale-independent; lines end with {@code \n}.
 * Thread-safe.
 */
public final class AbReport {

  private static final int[] PERCENTILES = {50, 66, 75, 80, 90, 95, 98, 99};
  private static final double[] FINE_PERCENTILES = {50, 90, 99, 99.9, 99.99};

  private static final double VISIBLE_NANOS = 1e6;
  private static final int ENOUGH_TO_DOUBT = 100;
  private static final int MOST_STATUSES = 6;

  private final Options options;

  /**
   * Which parts to print. Immutable.
   *
   * @param percentiles whether to print the table of percentiles (ab's {@code -d} turns it off)
   * @param confidence whether to print median, deviation and warnings ({@code -S} turns it off)
   */
  public record Options(boolean percentiles, boolean confidence) {

    /** Prints everything. */
    public static final Options ALL = new Options(true, true);
  }

  /** Creates a renderer that prints everything. */
  public AbReport() {
    this(Options.ALL);
  }

  /**
   * Creates a renderer.
   *
   * @param options which parts to print
   */
  public AbReport(Options options) {
    this.options = options;
  }

  /**
   * Renders a result.
   *
   * @param result the result of a run, complete or cut short
   * @return the report, beginning with two blank lines as ab's does
   */
  public String render(BenchmarkResult result) {
    StringBuilder out = new StringBuilder(2048).append("\n\n");
    server(out, result);
    counts(out, result);
    if (result.completed() > 0) {
      connectionTimes(out, result.summary());
      if (options.percentiles() && result.completed() + result.failed() > 1) {
        percentiles(out, result.latencies());
      }
    }
    StringBuilder beyond = new StringBuilder(1024);
    beyondAb(beyond, result);
    return out.append(Text.wrapped(beyond.toString())).toString();
  }

  private static void server(StringBuilder out, BenchmarkResult result) {
    BenchmarkConfig config = result.config();
    Optional<ServerInfo> server = result.server();
    line(
        out,
        "Server Software:",
        "%s",
        ForeignText.line(server.map(ServerInfo::firstWord).orElse("")));
    line(out, "Server Hostname:", "%s", config.request().origin().hostInUrl());
    line(out, "Server Port:", "%d", config.request().origin().port());
    server.flatMap(info -> Optional.ofNullable(info.tls())).ifPresent(tls -> tls(out, tls));
    out.append('\n');
    line(out, "Document Path:", "%s", config.request().target());
    if (config.request().variableLength()) {
      line(out, "Document Length:", "Variable");
    } else {
      line(out, "Document Length:", "%d bytes", Math.max(0, result.documentLength()));
    }
    out.append('\n');
  }

  private static void tls(StringBuilder out, ServerInfo.TlsInfo tls) {
    line(
        out,
        "SSL/TLS Protocol:",
        "%s,%s,%d,%d",
        tls.protocol(),
        CipherSuites.openSslName(tls.cipher()),
        tls.keyBits(),
        CipherSuites.keyBits(tls.cipher()));
    if (tls.temporaryKey() != null) {
      line(out, "Server Temp Key:", "%s", tls.temporaryKey());
    }
    if (tls.serverName() != null) {
      line(out, "TLS Server Name:", "%s", tls.serverName());
    }
  }

  private static void counts(StringBuilder out, BenchmarkResult result) {
    Summary summary = result.summary();
    double seconds = result.elapsed().toNanos() / 1e9;
    long ended = result.completed() + result.failed();
    line(out, "Concurrency Level:", "%d", result.config().connection().concurrency());
    line(out, "Time taken for tests:", "%.3f seconds", seconds);
    line(out, "Complete requests:", "%d", ended);
    line(out, "Failed requests:", "%d", result.failed());
    if (result.failed() > 0) {
      out.append(
          Text.format(
              "   (Connect: %d, Receive: %d, Length: %d, Exceptions: %d)%n",
              summary.failures(ErrorKind.CONNECT, ErrorKind.TLS),
              summary.failures(ErrorKind.RECEIVE, ErrorKind.NO_RESPONSE),
              summary.failures(ErrorKind.LENGTH),
              summary.failures(ErrorKind.SEND, ErrorKind.TIMEOUT, ErrorKind.OTHER)));
    }
    if (summary.failures(ErrorKind.SEND) > 0) {
      line(out, "Write errors:", "%d", summary.failures(ErrorKind.SEND));
    }
    if (summary.nonSuccess() > 0) {
      line(out, "Non-2xx responses:", "%d", summary.nonSuccess());
    }
    if (result.config().connection().keepAlive()) {
      line(out, "Keep-Alive requests:", "%d", summary.keptAlive());
    }
    line(out, "Total transferred:", "%d bytes", summary.bytesReceived());
    boolean sendsBody = result.config().request().body().length > 0;
    if (sendsBody) {
      line(out, "Total body sent:", "%d", summary.bytesSent());
    }
    line(out, "HTML transferred:", "%d bytes", summary.bodyBytes());
    if (seconds <= 0 || ended == 0) {
      return;
    }
    double perRequest = seconds * 1000 / ended;
    line(out, "Requests per second:", "%.2f [#/sec] (mean)", ended / seconds);
    line(
        out,
        "Time per request:",
        "%.3f [ms] (mean)",
        result.config().connection().concurrency() * perRequest);
    line(out, "Time per request:", "%.3f [ms] (mean, across all concurrent requests)", perRequest);
    double received = summary.bytesReceived() / 1024.0 / seconds;
    double sent = summary.bytesSent() / 1024.0 / seconds;
    line(out, "Transfer rate:", "%.2f [Kbytes/sec] received", received);
    if (sendsBody) {
      line(out, "", "%.2f kb/s sent", sent);
      line(out, "", "%.2f kb/s total", received + sent);
    }
  }

  private void connectionTimes(StringBuilder out, Summary summary) {
    out.append("\nConnection Times (ms)\n");
    out.append(
        options.confidence()
            ? "              min  mean[+/-sd] median   max\n"
            : "              min   avg   max\n");
    times(out, "Connect:", summary.connect());
    times(out, "Processing:", summary.processing());
    times(out, "Waiting:", summary.waiting());
    times(out, "Total:", summary.total());
    if (options.confidence()) {
      // Only of new connections: on reused ones the time is 0 by definition.
      doubt(out, "the initial connection time", summary.newConnect());
      doubt(out, "the processing time", summary.processing());
      doubt(out, "the waiting time", summary.waiting());
      doubt(out, "the total time", summary.total());
    }
  }

  private void times(StringBuilder out, String label, Latencies times) {
    long min = Text.millis(times.minNanos());
    long mean = Text.millis(Math.round(times.meanNanos()));
    long max = Text.millis(times.maxNanos());
    if (options.confidence()) {
      out.append(
          Text.format(
              "%-11s %5d %4d %5.1f %6d %7d%n",
              label,
              min,
              mean,
              times.standardDeviationNanos() / 1e6,
              Text.millis(times.percentileNanos(50)),
              max));
    } else {
      out.append(Text.format("%-11s %5d %5d%5d%n", label, min, mean, max));
    }
  }

  /**
   * Prints ab's warning if mean and median differ much. ab itself compares their distance with the
   * standard deviation, which no distribution exceeds, so its warning would never appear.
   */
  private static void doubt(StringBuilder out, String what, Latencies times) {
    double mean = times.meanNanos();
    double median = times.percentileNanos(50);
    boolean visible = Math.abs(mean - median) > VISIBLE_NANOS;
    if (visible
        && times.count() >= ENOUGH_TO_DOUBT
        && Math.max(mean, median) > 2 * Math.min(mean, median)) {
      out.append("WARNING: The median and mean for ").append(what);
      out.append(" are not within a normal deviation\n");
      out.append("        These results are probably not that reliable.\n");
    }
  }

  private static void percentiles(StringBuilder out, Latencies total) {
    out.append("\nPercentage of the requests served within a certain time (ms)\n");
    for (int percentile : PERCENTILES) {
      out.append(
          Text.format("%4d%%  %5d%n", percentile, Text.millis(total.percentileNanos(percentile))));
    }
    out.append(Text.format("%4d%%  %5d (longest request)%n", 100, Text.millis(total.maxNanos())));
  }

  private static void beyondAb(StringBuilder out, BenchmarkResult result) {
    Latencies total = result.latencies();
    out.append("\nBeyond ab\n");
    if (!result.statuses().isEmpty()) {
      line(out, "Statuses:", "%s", statuses(result.statuses()));
    }
    if (total.count() > 0) {
      StringBuilder values = new StringBuilder();
      for (double percentile : FINE_PERCENTILES) {
        String name = Text.format("%s", percentile).replaceFirst("\\.0$", "");
        values.append(Text.format("p%s %.3f, ", name, total.percentileNanos(percentile) / 1e6));
      }
      line(out, "Latency [ms]:", "%smax %.3f", values, total.maxNanos() / 1e6);
    }
    Latencies handshake = result.summary().handshake();
    if (handshake.count() > 0) {
      line(
          out,
          "TLS handshake [ms]:",
          "p50 %.3f, max %.3f",
          handshake.percentileNanos(50) / 1e6,
          handshake.maxNanos() / 1e6);
    }
    ConnectionCounts connections = result.connections();
    line(
        out,
        "Connections:",
        "%d opened, %d requests on reused ones, %d closed by server while idle",
        connections.opened(),
        connections.sentOnReused(),
        connections.closedByServer());
    if (result.config().connection().transport().everyAddress()) {
      result
          .addresses()
          .forEach(count ->
              line(
                  out,
                  "Address:",
                  "%s, %d connections",
                  count.address().getAddress().getHostAddress(),
                  count.opened()));
    }
    long underWayOrEnded = result.completed() + result.failed() + result.recalled();
    if (connections.resent() > 0) {
      line(
          out,
          "Requests sent:",
          "%d, %d of them once more because the first got no response",
          connections.requestsSent(),
          connections.resent());
    } else if (connections.requestsSent() != underWayOrEnded) {
      line(out, "Requests sent:", "%d", connections.requestsSent());
    }
    cpu(out, result);
    Troubles.of(result).forEach((label, text) -> line(out, label, "%s", text));
  }

  /** Lists the counts by status: all if they are few, else the most frequent ones. */
  private static String statuses(Map<Integer, Long> counts) {
    List<Integer> listed =
        counts.keySet().stream()
            .sorted(Comparator.comparing(counts::get, Comparator.reverseOrder()))
            .limit(MOST_STATUSES)
            .toList();
    String text =
        counts.entrySet().stream()
            .filter(status -> listed.contains(status.getKey()))
            .map(status -> status.getKey() + ": " + status.getValue())
            .collect(Collectors.joining(", "));
    int others = counts.size() - listed.size();
    return others == 0 ? text : text + ", and " + others + " others";
  }

  private static void cpu(StringBuilder out, BenchmarkResult result) {
    CpuUse cpu = result.cpu();
    long ended = result.completed() + result.failed();
    if (ended == 0 || cpu.nanos() == 0) {
      return;
    }
    line(
        out,
        "CPU of this process:",
        "%.1f [us] per request, %.0f%% of %d %s",
        cpu.nanos() / 1e3 / ended,
        100 * cpu.share(result.elapsed().toNanos()),
        cpu.processors(),
        cpu.processors() == 1 ? "core" : "cores");
    if (result.clientIsBottleneck()) {
      line(out, "Bottleneck:", "this process; the server may be faster than these figures");
    }
  }

  private static void line(StringBuilder out, String label, String format, Object... values) {
    out.append(Text.format("%-23s ", label)).append(Text.format(format, values)).append('\n');
  }
}
