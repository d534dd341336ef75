package io.gb.cli.leaks;

import io.gb.cli.command.CleanupScope;
import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.TempFolder;
import io.gb.cli.command.WholeNumber;
import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.proof.Testimony;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code gb leaks}: says which threads of a JVM can never run again. */
public final class LeaksCommand extends Command {

  private boolean json;
  private int top = 10;
  private @Nullable String explained;
  private @Nullable Path keep;

  public LeaksCommand(Console console) {
    super("gb leaks", console);
  }

  @Override
  public String usage() {
    return """
    gb leaks [options] pid | file.hprof
    Proves which threads of a running JVM, or of a heap dump, can never run again.
    A running JVM stops while its heap is dumped. A heap dump holds all its secrets.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    options.flag("--json", () -> json = true, "print the report as JSON");
    options.value(
        "--top",
        "number",
        text -> top = WholeNumber.parseInt(text),
        "how many classes to list; default 10");
    options.value(
        "--explain",
        "thread",
        text -> explained = text,
        "print all that is known of the threads of this",
        "name, such as who could wake them");
    options.value(
        "--keep",
        "file.hprof",
        text -> keep = Path.of(text),
        "keep the heap dump of a running JVM in this file,",
        "the first one if there are two");
  }

  @Override
  protected ExitCode run(List<String> arguments) {
    if (arguments.size() != 1) {
      throw CommandException.usage(
          "one pid or file.hprof is needed; gb leaks -h lists the options");
    }
    if (json && explained != null) {
      throw CommandException.usage("--explain " + explained + ": not with --json");
    }
    if (top < 0) {
      throw CommandException.usage("--top " + top + ": must not be negative");
    }
    String what = arguments.getFirst();
    LeakReport report =
        what.matches("[0-9]{1,18}") ? ofJvm(Long.parseLong(what)) : ofFile(Path.of(what));
    print(report);
    return report.proven().isEmpty() ? ExitCode.OK : ExitCode.LEAK;
  }

  private LeakReport ofFile(Path file) {
    if (keep != null) {
      throw CommandException.usage("--keep " + keep + ": only for a running JVM");
    }
    if (!Files.isRegularFile(file)) {
      throw CommandException.failed(file + ": no such file");
    }
    return prove(file, ThreadLeaks::prove);
  }

  /** What is done with a dump. */
  @FunctionalInterface
  private interface Proof {

    LeakReport of(Path file) throws IOException;
  }

  private static LeakReport prove(Path file, Proof proof) {
    try {
      return proof.of(file);
    } catch (DumpFormatException e) {
      throw CommandException.failed(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw CommandException.failed(file + ": " + Messages.of(e));
    }
  }

  private LeakReport ofJvm(long pid) {
    Path kept = keep == null ? null : keep.toAbsolutePath();
    if (kept != null) {
      Path folder = kept.resolveSibling("");
      if (Files.exists(kept) || !Files.isDirectory(folder)) {
        throw CommandException.failed(
            "--keep " + keep + (Files.exists(kept) ? ": exists already" : ": no such folder"));
      }
      if (!Files.isWritable(folder)) {
        throw CommandException.failed("--keep " + keep + ": permission denied");
      }
    }
    try {
      return dumpAndProve(pid, kept);
    } catch (IOException e) {
      throw CommandException.failed("pid " + pid + ": " + Messages.of(e));
    }
  }

  /** The second dump may fail, if the JVM has ended by then: the report of the first counts. */
  private LeakReport dumpAndProve(long pid, @Nullable Path kept) throws IOException {
    String failure;
    LeakReport report;
    try (CleanupScope cleanup = new CleanupScope(console())) {
      Path folder = cleanup.hold(() -> Files.createTempDirectory("gb-leaks"), TempFolder::delete);
      OtherJvm jvm = new OtherJvm(pid, cleanup, folder);
      Path first = folder.resolve("first.hprof");
      Path second = folder.resolve("second.hprof");
      console()
          .err()
          .printf(
              Locale.ROOT,
              "gb: dumping the heap of %d, at most %d MB, to %s; %s%n",
              pid,
              jvm.heapBytes() / 1_000_000,
              folder,
              kept == null ? "deleted afterwards" : "kept in " + keep);
      Testimony before = jvm.dump(first);
      if (kept != null) {
        Files.copy(first, kept); // for its owner only, as the first
      }
      report = prove(first, file -> ThreadLeaks.prove(file, before));
      if (report.proven().isEmpty()) {
        return report;
      }
      try {
        Files.delete(first);
        Testimony both = before.and(jvm.dump(second));
        return prove(second, file -> ThreadLeaks.confirm(report, file, both));
      } catch (IOException | CommandException e) {
        failure = Messages.of(e);
      }
    }
    console().error("no second dump to confirm with: " + failure);
    return report;
  }

  private void print(LeakReport report) {
    if (json) {
      console().out().print(report.json());
    } else if (explained != null) {
      List<ThreadFinding> threads =
          report.threads().stream().filter(thread -> thread.name().equals(explained)).toList();
      if (threads.isEmpty()) {
        throw CommandException.failed("--explain " + explained + ": no thread has that name");
      }
      threads.forEach(this::explain);
    } else {
      console().out().print(report.text(top));
    }
  }

  private void explain(ThreadFinding thread) {
    StringBuilder text = new StringBuilder();
    text.append(thread.name()).append(" #").append(thread.id());
    text.append(thread.virtual() ? " virtual " : " ").append(thread.state()).append('\n');
    text.append("  ").append(thread.verdict()).append(": ").append(thread.reason()).append('\n');
    if (!thread.blocker().isEmpty()) {
      text.append("  waits for a ").append(thread.blocker()).append('\n');
    }
    if (thread.verdict().isLeak()) {
      text.append("  holds ").append(thread.retainedBytes()).append(" bytes, and ");
      text.append(thread.sharedBytes()).append(" with others of its kind\n");
    }
    thread.path().forEach(step -> text.append("  reached by ").append(step).append('\n'));
    thread.stack().forEach(frame -> text.append("    at ").append(frame).append('\n'));
    console().out().print(text);
  }
}
