package io.gb.cli.compare;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.InterruptHook;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.WholeNumber;
import io.gb.compare.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** {@code gb compare run}: runs two benchmark jars in turns, then compares their results. */
public final class CompareRunCommand extends Command {

  /**
   * JMH's options for forks, results and output, which this command sets: -f, -foe, -rf, -rff and
   * -o, with one dash or two, with or without a value. The only other option of JMH that begins
   * like them is -opi.
   */
  private static final Pattern RESERVED = Pattern.compile("--?(?:f|rf|o(?!pi(?:=.*)?$)).*");

  /** JMH's option to print nothing, in all its spellings. */
  private static final Pattern SILENT = Pattern.compile("(?:^| )--?v[ =]?(?i:SILENT)(?: |$)");

  /** A file that JMH's annotation processor puts into every jar of benchmarks. */
  private static final String BENCHMARKS = "META-INF/BenchmarkList";

  private static final Duration REPORT_PATIENCE = Duration.ofSeconds(30);

  private final CompareOptions compare = new CompareOptions();
  private @Nullable Path base;
  private @Nullable Path contender;
  private int forks = 10;
  private Path directory = Path.of("gb-compare");

  /** Creates the command; its reports and messages go to the console. */
  public CompareRunCommand(Console console) {
    super("gb compare run", console);
  }

  @Override
  public String usage() {
    return """
    gb compare run [options] --base old.jar --new new.jar -- [JMH options]
    Runs both jars in turns, a fork at a time: old new new old, and so on, so that
    drift of the machine affects both. Compares the results at the end.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    options.theme("Run");
    options.value(
        "--base", "jar", text -> base = Path.of(text), "jar of the JMH benchmarks to compare with");
    options.value(
        "--new", "jar", text -> contender = Path.of(text), "jar of the JMH benchmarks to compare");
    options.value(
        "--forks",
        "number",
        text -> forks = WholeNumber.parseInt(text),
        "forks of each benchmark on each side; default 10");
    options.value(
        "--directory",
        "name",
        text -> directory = Path.of(text),
        "folder for results and logs; default gb-compare");
    compare.declare(options);
  }

  @Override
  protected ExitCode run(List<String> arguments) throws IOException {
    if (forks < 1 || forks > 1000) {
      throw CommandException.usage("--forks " + forks + ": must be between 1 and 1000");
    }
    Path baseJar = jar("--base", base);
    Path newJar = jar("--new", contender);
    compare.check();
    if (!compare.column().isEmpty()) {
      throw CommandException.usage("--col: compares within one result, and not two jars");
    }
    for (String argument : arguments) {
      if (RESERVED.matcher(argument).matches()) {
        throw CommandException.usage(
            argument + ": cannot be given to JMH here; use --forks and --directory");
      }
    }
    if (SILENT.matcher(String.join(" ", arguments)).find()) {
      throw CommandException.usage(
          "-v SILENT: cannot be given to JMH here; failures are read from its log");
    }
    try (JmhTurns turns = new JmhTurns(directory, arguments, console().err())) {
      compare.checkOutputs(
          List.of(baseJar, newJar, turns.folder("base"), turns.folder("new")), directory);
      turns.prepare();
      return run(turns, baseJar, newJar);
    }
  }

  private ExitCode run(JmhTurns turns, Path baseJar, Path newJar) throws IOException {
    try (InterruptHook _ = new InterruptHook(turns::stop, REPORT_PATIENCE)) {
      JmhTurns.Ending ending =
          turns.run(baseJar, newJar, forks, () -> rehearse(turns, baseJar, newJar));
      return report(turns, ending, baseJar, newJar);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  /** Finds mistakes in filters and gates after two turns, before the others cost time. */
  private void rehearse(JmhTurns turns, Path baseJar, Path newJar) {
    try {
      compare.rehearse(
          console(), side("base", baseJar, turns), List.of(side("new", newJar, turns)));
    } catch (CommandException e) {
      throw CommandException.failed(Messages.of(e) + "; " + kept(turns));
    }
  }

  /** Reports what was measured, and then how the turns ended. */
  private ExitCode report(JmhTurns turns, JmhTurns.Ending ending, Path baseJar, Path newJar) {
    boolean isWhole = ending.done() == 2 * forks;
    ExitCode judged = ExitCode.FAILED;
    if (ending.done() >= 2) {
      try {
        judged =
            compare.compare(
                console(), side("base", baseJar, turns), List.of(side("new", newJar, turns)));
      } catch (CommandException e) {
        // Printed here, because after an interrupt nobody waits for this JVM once the hook is
        // closed.
        console().error(Messages.of(e) + (isWhole ? "; " + kept(turns) : ""));
        judged = e.exitCode();
      }
    }
    ending.failures().forEach(console()::error);
    if (!isWhole) {
      String how = ending.isStopped() ? "interrupted" : "gave up";
      console()
          .error(
              ending.done() < 2
                  ? how + "; there is nothing to compare yet"
                  : "%s after %s of %s turns; %s"
                      .formatted(how, ending.done(), 2 * forks, kept(turns)));
    }
    if (ending.isStopped()) {
      return ExitCode.INTERRUPTED;
    }
    return ending.failures().isEmpty() || judged == ExitCode.GATE_MISSED ? judged : ExitCode.FAILED;
  }

  private static String kept(JmhTurns turns) {
    return "gb compare %s %s compares what was measured"
        .formatted(turns.folder("base"), turns.folder("new"));
  }

  private static Side side(String name, Path jar, JmhTurns turns) {
    try {
      return Side.read(name + " " + jar.getFileName(), List.of(turns.folder(name)));
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    }
  }

  private static Path jar(String option, @Nullable Path jar) {
    if (jar == null) {
      throw CommandException.usage(option + ": is missing; gb compare run -h shows how");
    }
    if (!Files.isReadable(jar) || Files.isDirectory(jar)) {
      throw CommandException.failed(option + " " + jar + ": no such file, or not readable");
    }
    try (ZipFile entries = new ZipFile(jar.toFile())) {
      if (entries.getEntry(BENCHMARKS) == null) {
        throw CommandException.failed(option + " " + jar + ": contains no JMH benchmarks");
      }
    } catch (IOException e) {
      throw CommandException.failed(option + " " + jar + ": is not a jar");
    }
    return jar;
  }
}
