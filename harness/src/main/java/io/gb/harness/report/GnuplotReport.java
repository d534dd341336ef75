package io.gb.harness.report;

import io.gb.harness.BenchmarkResult;
import io.gb.harness.stats.RequestSample;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;

/**
 * Renders single requests as ab's {@code -g} does: tab-separated, sorted by total time, for gnuplot
 * and the like. Locale-independent.
 */
public final class GnuplotReport {

  private GnuplotReport() {}

  /**
   * Renders the samples of a result.
   *
   * @param result the result of a run, complete or cut short
   * @param zone the time zone to write times of day in
   * @return a heading and a row for each sample
   */
  public static String render(BenchmarkResult result, ZoneId zone) {
    // As C's ctime writes it.
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ENGLISH).withZone(zone);
    StringBuilder out = new StringBuilder("starttime\tseconds\tctime\tdtime\tttime\twait\n");
    result.samples().stream()
        .sorted(Comparator.comparingLong(RequestSample::totalNanos))
        .forEach(sample ->
            out.append(
                Text.format(
                    "%s\t%d\t%d\t%d\t%d\t%d\n",
                    time.format(sample.start()),
                    sample.start().getEpochSecond(),
                    Text.millis(sample.connectNanos()),
                    Text.millis(Math.max(0, sample.totalNanos() - sample.connectNanos())),
                    Text.millis(sample.totalNanos()),
                    Text.millis(sample.waitNanos()))));
    return out.toString();
  }
}
