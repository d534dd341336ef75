package io.gb.cli.load;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.InterruptHook;
import io.gb.cli.command.Messages;
import io.gb.cli.command.Version;
import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.ProxyServer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Runs one benchmark and prints its report, however it ends. */
final class BenchmarkRun {

  /** As with ab, runs of at most this many requests show no progress. */
  private static final int SHORT_RUN = 150;

  private static final Duration REPORT_PATIENCE = Duration.ofSeconds(5);

  private final Console console;
  private final Function<BenchmarkResult, String> report;
  private final List<ReportFile> files;
  private final boolean quiet;
  private final boolean html;

  /**
   * Prepares a run.
   *
   * @param report renders the report for standard output
   * @param files the files to write as well
   * @param quiet whether to show no progress
   * @param html whether standard output is HTML
   */
  BenchmarkRun(
      Console console,
      Function<BenchmarkResult, String> report,
      List<ReportFile> files,
      boolean quiet,
      boolean html) {
    this.console = console;
    this.report = report;
    this.files = files;
    this.quiet = quiet;
    this.html = html;
  }

  /**
   * Runs.
   *
   * @param descriptorsPerConnection how many file descriptors of this process each connection takes
   */
  ExitCode run(BenchmarkConfig config, int descriptorsPerConnection) {
    Limits.checkDescriptors(config, descriptorsPerConnection);
    Limits.portWarning(config).ifPresent(console::error);
    files.forEach(ReportFile::check);
    boolean showsProgress = !quiet && config.load().requests() > SHORT_RUN;
    Benchmark benchmark = new Benchmark(config);
    try (InterruptHook _ = new InterruptHook(benchmark::cancel, REPORT_PATIENCE)) {
      announce(config, showsProgress);
      BenchmarkResult result = run(benchmark, config, showsProgress);
      console.out().print((showsProgress ? "" : "..done\n") + render(result));
      console.out().flush();
      boolean isWritten = write(result);
      ExitCode exit = judge(result);
      return exit == ExitCode.OK && !isWritten ? ExitCode.FAILED : exit;
    } catch (UnknownHostException e) {
      console.out().println();
      ProxyServer proxy = config.connection().transport().proxy();
      String host = proxy == null ? config.request().origin().host() : proxy.host();
      throw CommandException.failed(config.request().uri() + ": unknown host " + host);
    } catch (IOException e) {
      console.out().println();
      throw CommandException.failed(config.request().uri() + ": " + Messages.of(e));
    }
  }

  /** Writes all files, also if one cannot be written, and returns whether all were. */
  private boolean write(BenchmarkResult result) {
    boolean isWritten = true;
    for (ReportFile file : files) {
      try {
        file.write(result, console.out());
      } catch (CommandException e) {
        console.error(Messages.of(e));
        isWritten = false;
      }
    }
    return isWritten;
  }

  private void announce(BenchmarkConfig config, boolean showsProgress) {
    String host = config.request().origin().hostInUrl();
    ProxyServer proxy = config.connection().transport().proxy();
    String via = proxy == null ? "" : " [through " + proxy.host() + ":" + proxy.port() + "]";
    String banner = Version.banner();
    if (html) {
      String lines = banner.strip().replace("\n", "<br>\n ");
      console.out().print("<p>\n " + lines + "<br>\n</p>\n<p>\n");
    } else {
      console.out().print(banner + "\nBenchmarking " + host + via + " (be patient)");
      console.out().print(showsProgress ? "\n" : "...");
    }
    console.out().flush();
  }

  private BenchmarkResult run(Benchmark benchmark, BenchmarkConfig config, boolean showsProgress)
      throws IOException {
    if (!showsProgress) {
      return measure(benchmark);
    }
    ProgressDisplay display =
        console.terminal() && config.connection().listener() == null
            ? new ProgressBarDisplay(console, config, System::nanoTime)
            : new ProgressLines(console.err(), config.load().requests());
    try (ProgressWatch _ = new ProgressWatch(benchmark, display)) {
      return measure(benchmark);
    }
  }

  /** What comes after the run, the report above all, must not wait for a reader of messages. */
  private BenchmarkResult measure(Benchmark benchmark) throws IOException {
    try {
      return benchmark.run();
    } finally {
      console.hurry().run();
    }
  }

  /** Once more if the heap was full: the memory of the run is free by now. */
  private String render(BenchmarkResult result) {
    try {
      return report.apply(result);
    } catch (OutOfMemoryError e) {
      return report.apply(result);
    }
  }

  private ExitCode judge(BenchmarkResult result) {
    return switch (result.endReason()) {
      case FINISHED, TIME_LIMIT -> {
        if (result.completed() > 0) {
          yield ExitCode.OK;
        }
        console.error(why(result));
        yield ExitCode.FAILED;
      }
      case CANCELLED -> {
        console.error("interrupted; the report covers what was measured until then");
        yield ExitCode.INTERRUPTED;
      }
      case GAVE_UP, RECEIVE_ERROR -> {
        console.error(why(result));
        yield ExitCode.FAILED;
      }
      case ERROR -> {
        Throwable error = result.error().orElseThrow();
        if (error instanceof Error unexpected) {
          throw unexpected;
        }
        throw new IllegalStateException("the run ended by " + error, error);
      }
    };
  }

  private static String why(BenchmarkResult result) {
    String reason =
        switch (result.endReason()) {
          case GAVE_UP ->
              "Test aborted after " + result.config().load().giveUpAfter() + " failures";
          case RECEIVE_ERROR ->
              "stopped at the first response that could not be received; -r goes on";
          case FINISHED, TIME_LIMIT, CANCELLED, ERROR ->
              result.failed() > 0 ? "nothing but failures" : "no response within the time limit";
        };
    String cause =
        result.summary().errors().entrySet().stream()
            .min(Comparator.comparingLong(entry -> entry.getValue().firstNanos()))
            .map(entry -> entry.getKey() + ": " + entry.getValue().reason())
            .orElse("");
    return result.config().request().uri()
        + ": "
        + reason
        + (cause.isEmpty() ? "" : " (" + cause + ")");
  }
}
