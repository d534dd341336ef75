package io.gb.cli.demo;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.WholeNumber;
import io.gb.demo.ThreadKind;
import io.gb.demo.Variant;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gb demo}: shows the leak of 2013 and its fix, with the figures of this machine. */
public final class DemoCommand extends Command {

  private static final int MOST_WORKERS = 1000;
  private static final int MOST_REQUESTS = 100_000_000;

  private int workers = 100;
  private @Nullable Integer requestsWanted;
  private Variant variant = Variant.UNCLOSED;
  private ThreadKind threads = ThreadKind.VIRTUAL;
  private boolean json;

  /** A command that has not read its arguments yet. */
  public DemoCommand(Console console) {
    super("gb demo", console);
  }

  @Override
  public String usage() {
    return """
    gb demo [options]
    Runs a benchmark that leaks threads, and one that does not, each in a JVM of
    its own against an embedded server, and reports what each has left behind.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    options.value(
        "-c",
        "concurrency",
        text -> workers = WholeNumber.parseInt(text),
        "how many workers; default 100");
    options.value(
        "-n",
        "requests",
        text -> requestsWanted = WholeNumber.parseInt(WholeNumber.writtenOut(text)),
        "how many requests each run sends; default 200000,",
        "or 20000 where each request takes a thread");
    options.value(
        "--variant",
        "name",
        text -> variant = variant(text),
        "leak or fix to show: unclosed (default),",
        "close, poison, interrupt, structured,",
        "abandoned-result, buffered-result,",
        "idle-connections, closed-connections");
    options.value(
        "--threads",
        "kind",
        text -> threads = kind(text),
        "kind of the workers: virtual (default) or platform");
    options.flag("--json", () -> json = true, "print the figures as JSON");
  }

  private static Variant variant(String label) {
    return Variant.of(label).orElseThrow(() -> new IllegalArgumentException("no such leak or fix"));
  }

  private static ThreadKind kind(String label) {
    return ThreadKind.of(label)
        .orElseThrow(() -> new IllegalArgumentException("must be virtual or platform"));
  }

  @Override
  protected ExitCode run(List<String> arguments) throws IOException {
    if (!arguments.isEmpty()) {
      throw CommandException.usage("unexpected argument: " + arguments.getFirst());
    }
    int requests = requests();
    if (workers < 1 || workers > MOST_WORKERS) {
      throw CommandException.usage("-c " + workers + ": must be between 1 and " + MOST_WORKERS);
    }
    if (requests < workers || requests > MOST_REQUESTS) {
      throw CommandException.usage(
          "-n "
              + requests
              + ": must be between "
              + workers
              + ", the number of workers, and 100000000");
    }
    try (EmbeddedServer server = EmbeddedServer.start()) {
      return tell(server, requests);
    } catch (FileSystemException e) {
      throw CommandException.failed(e.getFile() + ": " + Messages.ofFile(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private int requests() {
    if (requestsWanted != null) {
      return requestsWanted;
    }
    return variant.leak() == Variant.ABANDONED_RESULT ? 20_000 : 200_000;
  }

  private ExitCode tell(EmbeddedServer server, int requests)
      throws IOException, InterruptedException {
    DemoStory story = new DemoStory(console().out());
    Variant fix = variant.fix();
    if (!json) {
      story.begin(variant.leak(), fix, threads, workers, requests);
    }
    DemoResult leaky = run(variant.leak(), server, requests);
    if (!json) {
      story.leak(leaky);
    }
    if (console().out().checkError()) {
      return ExitCode.OK; // Main reports it.
    }
    DemoResult fixed = run(fix, server, requests);
    if (json) {
      console().out().println(DemoJson.render(threads, workers, requests, List.of(leaky, fixed)));
    } else {
      story.fix(leaky, fixed);
    }
    refuse(leaky, fixed, workers);
    return ExitCode.OK;
  }

  private DemoResult run(Variant one, EmbeddedServer server, int requests)
      throws IOException, InterruptedException {
    if (!console().terminal()) {
      return DemoProcess.run(one, threads, workers, requests, server, console());
    }
    try (DemoProgress _ = new DemoProgress(console(), one, server, requests)) {
      return DemoProcess.run(one, threads, workers, requests, server, console());
    }
  }

  /** Fails unless the leak was found as it was made and the fix has left nothing. */
  static void refuse(DemoResult leaky, DemoResult fixed, int workers) {
    if (!leaky.isCaught(workers)) {
      throw CommandException.failed(
          leaky.variant().label() + ": not the leak that was expected: " + leaky.summary());
    }
    if (!fixed.isClean()) {
      throw CommandException.failed(
          fixed.variant().label() + ": has left something behind: " + fixed.summary());
    }
  }
}
