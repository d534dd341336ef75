package io.gb.cli.leaks;

import io.gb.cli.command.CleanupScope;
import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.WholeNumber;
import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadFilter;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.jvm.DumpListener;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import io.gb.leaks.report.LeakJson;
import io.gb.leaks.report.LeakText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code gb leaks}: says which threads of a JVM can never run again. */
public final class LeaksCommand extends Command {

  private boolean json;
  private int top = 10;
  private @Nullable String explained;
  private @Nullable Path keep;
  private boolean agent = true;
  private ThreadFilter ignored = ThreadFilter.none();
  private ThreadFilter declared = ThreadFilter.none();

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
        "the first one if there are several");
    options.flag(
        "--no-agent",
        () -> agent = false,
        "load no agent into the JVM; leaks of optimized",
        "code may then be no more than probable");
    options.value(
        "--ignore",
        "pattern",
        text -> ignored = named(ignored, "--ignore", text),
        "leave out threads whose whole name matches this",
        "regular expression; may be repeated");
    options.value(
        "--by-design",
        "pattern",
        text -> declared = named(declared, "--by-design", text),
        "the same for threads that are meant to wait for",
        "ever: they are reported, but are no leaks");
  }

  private static ThreadFilter named(ThreadFilter filter, String option, String pattern) {
    try {
      return filter.andName(pattern);
    } catch (PatternSyntaxException e) {
      throw CommandException.usage(
          option + " " + pattern + ": no regular expression: " + e.getDescription());
    }
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
    LeakReport found =
        what.matches("[0-9]{1,18}") ? ofJvm(Long.parseLong(what)) : ofFile(Path.of(what));
    LeakReport report = found.ignoring(ignored).byDesign(declared);
    print(report);
    if (!report.proven().isEmpty()) {
      return ExitCode.LEAK;
    }
    return report.with(Verdict.PROBABLY_LEAKED).isEmpty() ? ExitCode.OK : ExitCode.UNDECIDED;
  }

  private LeakReport ofFile(Path file) {
    if (keep != null) {
      throw CommandException.usage("--keep " + keep + ": only for a running JVM");
    }
    if (!Files.isRegularFile(file)) {
      throw CommandException.failed(file + ": no such file");
    }
    try {
      return ThreadLeaks.prove(file);
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
    LeakReport report;
    // Holds nothing: when a signal ends the proof, it keeps what failed by that from being printed.
    try (var _ = new CleanupScope(console())) {
      report = ThreadLeaks.prove(pid, agent, listener(pid, kept));
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    }
    if (!report.unconfirmed().isEmpty()) {
      console().error("no second dump to confirm with: " + report.unconfirmed());
    }
    return report;
  }

  /** Announces the dump, and keeps it if that was asked for. */
  private DumpListener listener(long pid, @Nullable Path kept) {
    return new DumpListener() {
      @Override
      public void dumping(long heapBytes, Path folder, boolean byAgent) {
        console()
            .err()
            .printf(
                Locale.ROOT,
                "gb: dumping the heap of %d, at most %d MB, to %s; %s%s%n",
                pid,
                heapBytes / 1_000_000,
                folder,
                kept == null ? "deleted afterwards" : "kept in " + keep,
                byAgent ? "; by an agent, which --no-agent leaves out" : "");
      }

      @Override
      public void dumped(Path dump) throws IOException {
        if (kept != null) {
          Files.copy(dump, kept); // for its owner only, as the dump
        }
      }
    };
  }

  private void print(LeakReport report) {
    if (json) {
      console().out().print(LeakJson.of(report));
    } else if (explained != null) {
      List<ThreadFinding> threads =
          report.threads().stream().filter(thread -> thread.name().equals(explained)).toList();
      if (threads.isEmpty()) {
        throw CommandException.failed("--explain " + explained + ": no thread has that name");
      }
      threads.forEach(thread -> console().out().print(LeakText.thread(thread)));
    } else {
      console().out().print(LeakText.of(report, top));
    }
  }
}
