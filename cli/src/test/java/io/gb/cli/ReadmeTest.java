package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.OptionTable;
import io.gb.cli.compare.CompareCommand;
import io.gb.cli.compare.CompareRunCommand;
import io.gb.cli.demo.DemoCommand;
import io.gb.cli.leaks.LeaksCommand;
import io.gb.cli.load.BenchmarkCommand;
import io.gb.cli.serve.ServeCommand;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The README agrees with the command. The commands in its console blocks are run by {@link
 * ReadmeCommandsIT}; here they are only parsed, together with the examples that need a server.
 */
@Timeout(300)
@NoThreadLeaks
class ReadmeTest {

  private static final Console CONSOLE = new Console(System.out, System.err, false);

  @Test
  void theOptionsAreThoseOfTheCommand() throws IOException {
    assertThat(Readme.read().rowsBehind("`gb [options] "))
        .isEqualTo(rows(new BenchmarkCommand(CONSOLE)));
  }

  @Test
  void theOptionsOfServeAreThoseOfTheCommand() throws IOException {
    assertThat(Readme.read().rowsBehind("`gb serve [options]`"))
        .isEqualTo(rows(new ServeCommand(CONSOLE)));
  }

  @Test
  void theOptionsOfDemoAreThoseOfTheCommand() throws IOException {
    assertThat(Readme.read().rowsBehind("`gb demo [options]`"))
        .isEqualTo(rows(new DemoCommand(CONSOLE)));
  }

  @Test
  void theOptionsOfCompareAreThoseOfTheCommand() throws IOException {
    assertThat(Readme.read().rowsBehind("`gb compare [options] "))
        .isEqualTo(rows(new CompareCommand(CONSOLE)));
  }

  @Test
  void theOptionsOfCompareRunAreThoseOfTheCommand() throws IOException {
    List<String> common = rows(new CompareCommand(CONSOLE));
    List<String> own = new ArrayList<>(rows(new CompareRunCommand(CONSOLE)));
    assertThat(own).containsAll(common);
    own.removeAll(common);
    assertThat(Readme.read().rowsBehind("`gb compare run [options] ")).isEqualTo(own);
  }

  @Test
  void theOptionsOfLeaksAreThoseOfTheCommand() throws IOException {
    assertThat(Readme.read().rowsBehind("`gb leaks [options] "))
        .isEqualTo(rows(new LeaksCommand(CONSOLE)));
  }

  @Test
  void theExitCodesAreThoseOfTheCommand() throws IOException {
    assertThat(Readme.read().rowsBehind("## Exit codes"))
        .isEqualTo(
            Arrays.stream(ExitCode.values())
                .map(exit -> "| " + exit.code() + " | " + exit.meaning() + " |")
                .toList());
  }

  static Stream<Readme.Shown> commands() throws IOException {
    Readme readme = Readme.read();
    return Stream.concat(readme.sessions().stream(), readme.examples().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShownIsUnderstood(Readme.Shown command) {
    assertThat(command.line()).startsWith("./gb ");
    parse(command.arguments());
  }

  @Test
  void thereIsSomethingToRunAndToParse() throws IOException {
    assertThat(Readme.read().sessions())
        .extracting(Readme.Shown::line)
        .contains("./gb -k -c 100 -n 200000");
    assertThat(Readme.read().examples()).hasSizeGreaterThan(3);
  }

  @Test
  void aCommandThatIsNotUnderstoodIsFound() {
    Readme.Shown wrong = new Readme.Shown("./gb --no-such-option 'a b' # why", "");
    assertThat(wrong.arguments()).containsExactly("--no-such-option", "a b");
    assertThatThrownBy(() -> parse(wrong.arguments())).isInstanceOf(CommandException.class);
  }

  @Test
  void theExamplesAreThoseThatAreCompiled() throws IOException {
    assertThat(Readme.read().blocks("java"))
        .containsExactly(example("CompareExample"), example("LibraryExample"));
  }

  private static String example(String name) throws IOException {
    String source =
        Files.readString(Project.root().resolve("cli/src/test/java/io/gb/cli/" + name + ".java"));
    String compiled =
        source.substring(source.indexOf("// begin\n") + 9, source.indexOf("    // end"));
    return compiled.stripTrailing().stripIndent() + "\n";
  }

  @Test
  void theExampleOfAComparisonFailsWhereItsGateIsMissed(@TempDir Path folder) throws IOException {
    Path base = result(folder.resolve("base.json"), "[10],[11],[12],[13],[14]");
    Path slower = result(folder.resolve("new.json"), "[20],[21],[22],[23],[24]");
    CompareExample.run(slower, base);
    assertThatThrownBy(() -> CompareExample.run(base, slower))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("gate time<=+5% MISSED by a.B.c");
  }

  private static Path result(Path file, String forks) throws IOException {
    return Files.writeString(
        file,
        """
        [{"benchmark":"a.B.c","mode":"avgt",
          "primaryMetric":{"score":1,"scoreUnit":"ns/op","rawData":[%s]}}]
        """
            .formatted(forks));
  }

  @Test
  void theExampleRuns() throws IOException {
    PrintStream usual = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (EmbeddedServer server = EmbeddedServer.start()) {
      System.setOut(new PrintStream(printed, false, UTF_8));
      LibraryExample.run(server.uri("/10k.dat"));
      System.out.flush();
    } finally {
      System.setOut(usual);
    }
    assertThat(printed.toString(UTF_8))
        .containsPattern("^[0-9.E]+ requests per second\n99 % within [0-9]+ ns\n")
        .contains("\nComplete requests:      20000\n", "\nFailed requests:        0\n");
  }

  @Test
  void everyLinkWithinTheProjectExists() throws IOException {
    List<String> links =
        Pattern.compile("]\\((?!https?:)([^)#]+)")
            .matcher(Readme.read().text())
            .results()
            .map((MatchResult link) -> link.group(1))
            .toList();
    assertThat(links)
        .isNotEmpty()
        .allMatch(link -> Files.exists(Project.root().resolve(link)), "exists");
  }

  private static void parse(List<String> words) {
    Main.Call call = Main.Call.of(words, CONSOLE);
    List<String> _ = call.command().options().parse(call.arguments());
  }

  private static List<String> rows(Command command) {
    return command.options().rows().stream().map(ReadmeTest::row).toList();
  }

  private static String row(OptionTable.Row option) {
    String names = "`" + String.join("`, `", option.names()) + "`";
    String value = option.isFlag() ? "" : " `" + option.label() + "`";
    return "| " + names + " |" + value + " | " + String.join(" ", option.help()) + " |";
  }
}
