package io.gb.cli;

import io.gb.harness.BenchmarkConfig;
import io.gb.harness.stats.Progress;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the terminal, with rate, errors and time left. */
final class ProgressBarDisplay implements ProgressDisplay {

  private static final int WIDTH = 100;

  private final ProgressBar bar;

  ProgressBarDisplay(PrintStream err, BenchmarkConfig config) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("gb")
            .setInitialMax(config.requests())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(1000)
            .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
            .setSpeedUnit(ChronoUnit.SECONDS)
            .showSpeed(new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .build();
  }

  @Override
  public void show(Progress progress) {
    bar.stepTo(progress.ended());
    bar.setExtraMessage(" errors: " + progress.failed());
  }

  @Override
  public void finish(Progress progress) {
    show(progress);
  }

  @Override
  public void close() {
    bar.close();
  }
}
