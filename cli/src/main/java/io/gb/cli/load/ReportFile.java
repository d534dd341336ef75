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
 * @param option the option that asked for it
 * @param path where it is
 * @param render what is written
 */
record ReportFile(String option, Path path, Function<BenchmarkResult, String> render) {

  /**
   * Makes sure before a run that the file can be written after it. Leaves its contents alone.
   *
   * @throws CommandException if it cannot
   */
  void check() {
    try (FileChannel _ =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      // Opening was all.
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Writes a result.
   *
   * @param out standard output, should that be the file
   * @throws CommandException if that fails
   */
  void write(BenchmarkResult result, PrintStream out) {
    try {
      if (SameFile.is(path, SameFile.STANDARD_OUTPUT)) {
        // Opened anew, it would lose what is in it.
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
