package io.gb.cli.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.Normalised;
import io.gb.cli.Project;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gb commands in the console blocks of all pages print what is shown below them, figures aside.
 * A command that several pages show runs once.
 */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class DocsCommandsIT {

  static Stream<Map.Entry<String, List<Page.Shown>>> commands() throws IOException {
    return Page.all().stream()
        .flatMap(page -> page.sessions("console").stream())
        .filter(Page.Shown::isGb)
        .collect(Collectors.groupingBy(Page.Shown::line))
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandPrintsWhatIsShown(Map.Entry<String, List<Page.Shown>> command)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", command.getKey())
            .directory(Project.root().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).isZero();
    command.getValue().forEach(shown -> check(shown, output));
  }

  @Test
  void theFirstCommandOfTheReadmeIsAmongThem() throws IOException {
    assertThat(commands().map(Map.Entry::getKey)).contains("./gb -k -c 100 -n 200000");
  }

  @Test
  void otherOutputIsFoundToDiffer() {
    Page.Shown shown = new Page.Shown("", "...\nLatency [ms]: p50 1\nb ... d\n...\n");
    check(shown, "a\nLatency [ms]: p50 2\nb c d\ne\n");
    assertThatThrownBy(() -> check(shown, "Latency [ms]: p99 2\nb c d\n"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> check(shown, "Latency [ms]: p50 2\nb c\n"))
        .isInstanceOf(AssertionError.class);
  }

  private static void check(Page.Shown shown, String output) {
    Page.Shown normalised = new Page.Shown(shown.line(), Normalised.text(shown.output()));
    assertThat(Normalised.text(output)).matches(normalised.pattern());
  }
}
