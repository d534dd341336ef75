package io.gb.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.BuiltGb;
import io.gb.cli.Gb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JMH and its forks must not outlive the command that started them, nor its results be lost. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class CompareRunSignalIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130, --hold", "HUP, 129, --hold", "TERM, 143, --cling"})
  void aSignalEndsJmhAndItsForksAndComparesWhatThereIs(String signal, int code, String way)
      throws IOException, InterruptedException {
    String jar = FakeJmh.jar(folder.resolve("a.jar"), "1").toString();
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        BuiltGb gb =
            BuiltGb.start(
                folder,
                "compare",
                "run",
                "--base",
                jar,
                "--new",
                jar,
                "--directory",
                folder.resolve("kept").toString(),
                "--",
                folder.resolve("turns").toString(),
                way,
                Integer.toString(server.getLocalPort()))) {
      server.setSoTimeout(60_000);
      try (Socket jmh = server.accept();
          Socket fork = server.accept()) {
        gb.kill(signal);
        Gb ended = gb.await();
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).contains("base a.jar", "n=1,");
        assertThat(ended.errLines())
            .last()
            .isEqualTo(
                "gb: interrupted after 2 of 20 turns; gb compare "
                    + folder.resolve("kept/base")
                    + " "
                    + folder.resolve("kept/new")
                    + " compares what was measured");
        // Their ends are closed when they end, and not before.
        assertThat(jmh.getInputStream().read()).isNegative();
        assertThat(fork.getInputStream().read()).isNegative();
      }
    }
  }
}
