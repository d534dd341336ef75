package io.gb.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.cli.command.Command;
import io.gb.cli.command.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manual and the completions hold each option of each command, and shells read them. */
@Timeout(60)
class GeneratedFilesTest {

  private static final String MANUAL = "share/man/man1/gb.1";
  private static final String BASH = "share/bash-completion/completions/gb";
  private static final String ZSH = "share/zsh/site-functions/_gb";
  private static final String FISH = "share/fish/vendor_completions.d/gb.fish";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Main.main(new String[] {folder.toString(), "1.2.3"});
    for (String name : List.of("base.json", "new.json")) {
      Files.createFile(folder.resolve(name));
    }
  }

  @Test
  void eachNameOfEachOptionIsInEachFile() throws IOException {
    String manual = text(MANUAL);
    String bash = text(BASH);
    String zsh = text(ZSH);
    String fish = text(FISH);
    for (Command command : io.gb.cli.Main.commands(new Console(System.out, System.err, false))) {
      assertThat(manual).contains(".SS " + command.name() + "\n");
      command
          .options()
          .rows()
          .forEach(row -> {
            assertThat(manual).contains(row.names().getFirst().replace("-", "\\-"));
            for (String name : row.names()) {
              assertThat(bash).containsPattern("options='.*(?<= |')" + name + "[ ']");
              assertThat(zsh).contains("'*" + name + "[");
              assertThat(fish)
                  .contains(name.replaceFirst("^--", " -l ").replaceFirst("^-", " -s "));
            }
          });
    }
    assertThat(manual).startsWith(".TH GB 1 \"\" \"gb 1.2.3\"");
  }

  @Test
  void noLineOfTheManualIsTakenForARequestThatIsNone() throws IOException {
    assertThat(text(MANUAL).lines().filter(line -> line.matches("[.'].*")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|PP|TP|B|BR|br)( .*)?"));
    assertThat(run("mandoc", "-T", "lint", "-W", "error", folder.resolve(MANUAL).toString()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gb se, serve",
    "gb compare ru, run",
    "gb --keep, --keep-alive",
    "gb -k --keep, --keep-alive",
    "gb serve --io, --io-threads",
    "gb serve --keep, ''",
    "gb compare --ga, --gate --gates --gate-unjudged",
    "gb compare run --fo, --forks --fork-spread --format",
    "gb compare run --base ba, base.json",
    "gb -n ba, ''",
    "gb -p ba, base.json",
    "gb leaks ba, base.json",
  })
  void shellsComplete(String typed, String offered) throws IOException {
    String[] words = typed.split(" ", -1);
    String script =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _gb; echo \"${COMPREPLY[*]}\""
            .formatted(folder.resolve(BASH), typed, words.length - 1);
    assertThat(run("bash", "-c", script).strip()).isEqualTo(offered);
    if (isOnThePath("fish")) {
      String fish = "source '%s'; complete -C '%s'".formatted(folder.resolve(FISH), typed);
      assertThat(
              run("fish", "--no-config", "-c", fish).lines().map(line -> line.split("\t", -1)[0]))
          .containsExactlyInAnyOrder(
              Stream.of(offered.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** What a tool prints, to either stream; the test is skipped if the tool is not there. */
  private String run(String... command) throws IOException {
    assumeTrue(isOnThePath(command[0]), command[0] + " is not installed");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static boolean isOnThePath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
