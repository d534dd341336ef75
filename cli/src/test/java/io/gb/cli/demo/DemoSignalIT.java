package io.gb.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.BuiltGb;
import io.gb.cli.Gb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends the other JVM of a demonstration and deletes its files. */
@Timeout(120)
@EnabledOnOs(OS.LINUX) // where the arguments of a process can be read
class DemoSignalIT {

  private static final String FOLDER = "-Djava.io.tmpdir=";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsTheOtherJvmAndLeavesNoFiles(String signal, int code) throws Exception {
    try (BuiltGb gb = BuiltGb.start(folder, "demo", "-c", "5", "-n", "100000000")) {
      gb.awaitOutput("first unclosed, then close.\n\n");
      ProcessHandle jvm = gb.awaitChild(FOLDER);
      Path files = folderOf(jvm);
      assertThat(files).isDirectory();
      gb.kill(signal);
      Gb ended = gb.await();
      assertThat(ended.code()).isEqualTo(code);
      assertThat(ended.err()).isEmpty();
      jvm.onExit().get(20, TimeUnit.SECONDS);
      assertThat(files).doesNotExist();
    }
  }

  private static Path folderOf(ProcessHandle jvm) throws IOException {
    return Arrays.stream(jvm.info().arguments().orElseThrow())
        .filter(argument -> argument.startsWith(FOLDER))
        .map(argument -> Path.of(argument.substring(FOLDER.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + FOLDER + " in " + jvm.info()));
  }
}
