package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in the README's console blocks print what is shown below them, figures aside. */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class ReadmeCommandsIT {

  static Stream<Readme.Shown> sessions() throws IOException {
    return Readme.read().sessions().stream();
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void everyCommandPrintsWhatIsShown(Readme.Shown session)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", session.line())
            .directory(Project.root().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).isZero();
    assertThat(Normalised.text(output)).isEqualTo(Normalised.text(session.output()));
  }
}
