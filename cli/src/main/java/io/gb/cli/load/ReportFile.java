package io.gb.cli.load;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.Messages;
import io.gb.cli.command.SameFile;
import io.gb.harness.BenchmarkResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/**
 * A file that a result is written to.
 *
 * @param option the option that names it
 * @param path its path
 * @param render renders the content
 */
record ReportFile(String option, Path path, Function<BenchmarkResult, String> render) {

  /**
   * Checks before a run that the file can be written after it. Keeps its contents.
   *
   * @throws CommandException if it cannot
   */
  void check() {
    try (FileChannel _ =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      // Opening it is the check.
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Writes a result.
   *
   * @param out standard output, which the path may name
   * @throws CommandException if writing fails
   */
  void write(BenchmarkResult result, PrintStream out) {
    try {
      if (SameFile.is(path, SameFile.STANDARD_OUTPUT)) {
        // Opening it again would truncate it.
        out.print(render.apply(result));
      } else {
        Files.writeString(path, render.apply(result));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private CommandException failed(IOException e) {
    String why = Files.isDirectory(path) ? "is a directory" : Messages.ofFile(e);
    return CommandException.failed(option + " " + path + ": " + why);
  }
}
