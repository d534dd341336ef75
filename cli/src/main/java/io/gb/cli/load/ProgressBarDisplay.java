package io.gb.cli.load;

import io.gb.harness.BenchmarkConfig;
import io.gb.harness.stats.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One line on a terminal, overwritten each time: share done, rate, errors and time left. */
final class ProgressBarDisplay implements ProgressDisplay {

  /** One less than the usual 80: some terminals wrap as soon as the last column is written. */
  private static final int WIDTH = 79;

  private static final int LONGEST_BAR = 30;
  private static final double UNKNOWN = Double.POSITIVE_INFINITY;

  private final PrintStream err;
  private final long requests;
  private final @Nullable Duration timeLimit;
  private final LongSupplier nanoTime;
  private final long startNanos;

  ProgressBarDisplay(PrintStream err, BenchmarkConfig config, LongSupplier nanoTime) {
    this.err = err;
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
    String head = String.format(Locale.ROOT, "gb %3d%% [", (int) (100 * share));
    String tail =
        String.format(
            Locale.ROOT,
            "] %s %7d/s  errors %d  %s",
            count(progress.ended()),
            rate,
            progress.failed(),
            progress.nonSuccess() == 0 ? "" : "non-2xx " + progress.nonSuccess() + "  ");
    int room = WIDTH - head.length() - tail.length() - time.length();
    int length = Math.clamp(room, 1, LONGEST_BAR);
    int filled = (int) (share * length);
    String bar = "=".repeat(filled) + " ".repeat(length - filled);
    String line = head + bar + tail + time;
    err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
    err.flush();
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
