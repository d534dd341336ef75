package io.gb.cli.load;

import io.gb.cli.command.Console;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.stats.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line on a terminal, overwritten each time: share done, rate, errors and time left. */
final class ProgressBarDisplay implements ProgressDisplay {

  private static final int SHORTEST_BAR = 3;
  private static final double UNKNOWN = Double.POSITIVE_INFINITY;

  private final PrintStream err;
  private final int width;
  private final long requests;
  private final @Nullable Duration timeLimit;
  private final LongSupplier nanoTime;
  private final long startNanos;

  /** A display that fills one line of the console's terminal, which has at least a column. */
  ProgressBarDisplay(Console console, BenchmarkConfig config, LongSupplier nanoTime) {
    err = console.err();
    // Some terminals wrap as soon as the last column is written.
    width = console.columns() - 1;
    this.requests = config.load().requests();
    this.timeLimit = config.load().timeLimit();
    this.nanoTime = nanoTime;
    startNanos = nanoTime.getAsLong();
  }

  @Override
  public void show(Progress progress) {
    double seconds = elapsedSeconds();
    draw(progress, seconds, clock(secondsLeft(progress, seconds)) + " left");
  }

  @Override
  public void finish(Progress progress) {
    double seconds = elapsedSeconds();
    draw(progress, seconds, "took " + clock(seconds));
  }

  @Override
  public void close() {
    err.println();
  }

  private double elapsedSeconds() {
    return (nanoTime.getAsLong() - startNanos) / 1e9;
  }

  private void draw(Progress progress, double seconds, String time) {
    double share = share(progress, seconds);
    long rate = seconds > 0 ? Math.round(progress.ended() / seconds) : 0;
    String head = String.format(Locale.ROOT, "gb %3d%%", (int) (100 * share));
    String count = " " + count(progress.ended());
    String speed = String.format(Locale.ROOT, " %7d/s", rate);
    long nonSuccess = progress.nonSuccess();
    String errors =
        "  errors " + progress.failed() + (nonSuccess == 0 ? "" : "  non-2xx " + nonSuccess);
    String tail = "  " + time;
    // The more a terminal lacks columns, the less of it.
    String text =
        Stream.of(count + speed + errors + tail, speed + errors + tail, errors + tail, tail)
            .filter(all -> head.length() + all.length() <= width)
            .findFirst()
            .orElse("");
    String line = head + bar(share, width - head.length() - text.length()) + text;
    err.print("\r" + (line + " ".repeat(width)).substring(0, width));
    err.flush();
  }

  /** The bar with a blank before it, so many characters in all; nothing if that is too short. */
  private static String bar(double share, int room) {
    int length = room - " []".length();
    if (length < SHORTEST_BAR) {
      return "";
    }
    int filled = (int) (share * length);
    return " [" + "=".repeat(filled) + " ".repeat(length - filled) + "]";
  }

  /** Always equally long, so that the text after it does not move. */
  private String count(long ended) {
    String whole = "/" + requests;
    return " ".repeat(Math.max(0, whole.length() - 1 - Long.toString(ended).length()))
        + ended
        + whole;
  }

  /** The share done, 0 to 1: of the requests or of the time limit, whichever is more. */
  private double share(Progress progress, double seconds) {
    double ofRequests = (double) progress.ended() / requests;
    double ofTime = timeLimit == null ? 0 : seconds / limitSeconds(timeLimit);
    return Math.min(1, Math.max(ofRequests, ofTime));
  }

  private double secondsLeft(Progress progress, double seconds) {
    long ended = progress.ended();
    double byRate = ended == 0 ? UNKNOWN : seconds * (requests - ended) / ended;
    double byLimit = timeLimit == null ? UNKNOWN : limitSeconds(timeLimit) - seconds;
    return Math.min(byRate, byLimit);
  }

  private static double limitSeconds(Duration limit) {
    return limit.toNanos() / 1e9;
  }

  /** Minutes and seconds, with hours where needed; dashes for a time that is not known yet. */
  private static String clock(double seconds) {
    if (seconds == UNKNOWN) {
      return "-:--";
    }
    long whole = Math.max(0, Math.round(seconds));
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
