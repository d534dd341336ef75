package io.gb.cli.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.Messages;
import io.gb.cli.command.SameFile;
import io.gb.compare.Comparison;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import io.gb.compare.report.Format;
import io.gb.compare.report.GateLine;
import io.gb.compare.text.Names;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reports of a comparison: any number in files, and one on standard output. */
final class CompareOutputs {

  /** A report: its format, and the file it goes to; standard output if null. */
  private record Output(Format format, @Nullable Path file) {

    /** Returns the option as typed. */
    String option() {
      return "--format " + Names.of(format) + (file == null ? "" : ":" + file);
    }
  }

  private final List<Output> outputs = new ArrayList<>();

  /** Adds a report to a file; to standard output if null. */
  void add(Format format, @Nullable Path file) {
    outputs.add(new Output(format, file));
  }

  /**
   * Checks that each report has a destination of its own.
   *
   * @throws CommandException if two have the same
   */
  void check() {
    List<Path> files = new ArrayList<>();
    boolean isTaken = false;
    for (Output output : outputs) {
      Path file = output.file();
      if (file == null && isTaken) {
        throw CommandException.usage(
            "--format: only one can go to standard output; name files for the others");
      }
      isTaken |= file == null;
      if (file != null) {
        if (files.stream().anyMatch(other -> SameFile.isTakenBy(file, other))) {
          throw CommandException.usage(output.option() + ": another report goes to that file");
        }
        files.add(file);
      }
    }
  }

  /**
   * Checks that the files can be written and are not inputs, before anything is measured.
   *
   * @param inputs files, and folders of which all results are read
   * @param made a folder that is made later; null if there is none
   * @throws CommandException if a file cannot be written or is an input
   */
  void check(List<Path> inputs, @Nullable Path made) {
    for (Output output : outputs) {
      Path file = output.file();
      if (file == null) {
        continue;
      }
      if (inputs.stream().anyMatch(input -> isReadFrom(input, file))) {
        throw CommandException.usage(output.option() + ": is an input and would be overwritten");
      }
      String obstacle = obstacle(file, made);
      if (!obstacle.isEmpty()) {
        throw CommandException.failed(output.option() + ": cannot be written: " + obstacle);
      }
    }
  }

  private static boolean isReadFrom(Path input, Path file) {
    boolean isOfFolder = Files.isDirectory(input) && file.toString().endsWith(".json");
    return SameFile.is(input, isOfFolder ? folder(file) : file);
  }

  /** Returns why a file cannot be written; empty if it can. */
  private static String obstacle(Path file, @Nullable Path made) {
    if (Files.isDirectory(file)) {
      return "is a directory";
    }
    Path folder = folder(file);
    if (made != null && !Files.exists(made) && SameFile.is(folder, made)) {
      return "";
    }
    if (!Files.isDirectory(folder)) {
      return "there is no directory " + folder;
    }
    return Files.isWritable(Files.exists(file) ? file : folder) ? "" : "permission denied";
  }

  private static Path folder(Path file) {
    Path folder = file.getParent();
    return folder == null ? Path.of(".") : folder;
  }

  /**
   * Writes all reports; if one fails, the others are written all the same. What the reports on
   * standard output do not say of gates goes to standard error.
   *
   * @return whether all were written; if not, a message went to standard error
   */
  boolean write(Console console, Comparison comparison, List<GateResult> results) {
    List<Output> all = outputs.isEmpty() ? List.of(new Output(Format.TEXT, null)) : outputs;
    boolean isWritten = true;
    for (Output output : all) {
      Path file = output.file();
      Charset charset = output.format().charset(file == null ? console.out().charset() : UTF_8);
      byte[] text = output.format().render(comparison, results, charset).getBytes(charset);
      try {
        if (file == null || SameFile.is(file, SameFile.STANDARD_OUTPUT)) {
          console.out().writeBytes(text);
        } else {
          Files.write(file, text);
        }
      } catch (IOException e) {
        console.error(output.option() + ": cannot be written: " + Messages.ofFile(e));
        isWritten = false;
      }
    }
    if (all.stream().noneMatch(CompareOutputs::showsGates)) {
      GateLine.of(results).stream()
          .filter(line -> line.outcome() != Outcome.HELD)
          .forEach(line -> console.error(line.text()));
    }
    return isWritten;
  }

  private static boolean showsGates(Output output) {
    return output.file() == null
        && (output.format() == Format.TEXT || output.format() == Format.MARKDOWN);
  }
}
