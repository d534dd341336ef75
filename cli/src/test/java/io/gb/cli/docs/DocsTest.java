package io.gb.cli.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.Gb;
import io.gb.cli.Project;
import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.OptionTable;
import io.gb.cli.compare.CheckCommand;
import io.gb.cli.compare.CompareCommand;
import io.gb.cli.compare.CompareRunCommand;
import io.gb.cli.demo.DemoCommand;
import io.gb.cli.leaks.LeaksCommand;
import io.gb.cli.load.BenchmarkCommand;
import io.gb.cli.serve.ServeCommand;
import io.gb.compare.limit.Budget;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages say what the code does. {@link DocsCommandsIT} runs the gb commands in console blocks,
 * the build of {@code docs} those of Maven in the README; here commands are only parsed.
 */
@Timeout(300)
@NoThreadLeaks
class DocsTest {

  private static final Console CONSOLE = new Console(System.out, System.err, false);

  private static final int MOST_README_LINES = 150;
  private static final int MOST_QUICKSTART_LINES = 15;

  static Stream<Page> pages() throws IOException {
    return Page.all().stream();
  }

  @ParameterizedTest
  @CsvSource({
    "docs/cli.md, `gb [options] ",
    "docs/cli.md, `gb serve [options]`",
    "docs/leaks.md, `gb demo [options]`",
    "docs/leaks.md, `gb leaks [options] ",
    "docs/compare.md, `gb compare [options] ",
    "docs/compare.md, `gb check [options] "
  })
  void optionsAreThoseOfTheCommand(String page, String usage) throws IOException {
    Command command =
        switch (usage.replaceAll("`| ?\\[options].*", "")) {
          case "gb serve" -> new ServeCommand(CONSOLE);
          case "gb demo" -> new DemoCommand(CONSOLE);
          case "gb leaks" -> new LeaksCommand(CONSOLE);
          case "gb check" -> new CheckCommand(CONSOLE);
          case "gb compare" -> new CompareCommand(CONSOLE);
          default -> new BenchmarkCommand(CONSOLE);
        };
    assertThat(Page.read(page).rowsBehind(usage)).isEqualTo(rows(command));
  }

  @Test
  void optionsOfCompareRunAreThoseOfTheCommand() throws IOException {
    List<String> common = rows(new CompareCommand(CONSOLE));
    List<String> own = new ArrayList<>(rows(new CompareRunCommand(CONSOLE)));
    assertThat(own).containsAll(common);
    own.removeAll(common);
    assertThat(Page.read("docs/compare.md").rowsBehind("`gb compare run [options] "))
        .isEqualTo(own);
  }

  @Test
  void exitCodesAreThoseOfTheCommand() throws IOException {
    assertThat(Page.read("docs/cli.md").rowsBehind("## Exit codes"))
        .isEqualTo(
            Arrays.stream(ExitCode.values())
                .map(exit -> "| " + exit.code() + " | " + exit.meaning() + " |")
                .toList());
  }

  static Stream<Page.Shown> commands() throws IOException {
    return pages()
        .flatMap(page ->
            Stream.of(page.sessions("console"), page.sessions("text"), page.examples())
                .flatMap(List::stream));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShownIsUnderstood(Page.Shown command) throws IOException {
    if (command.isGb()) {
      Gb.parse(command.words().subList(1, command.words().size()));
    } else {
      assertThat(Mentioned.missing(command.words())).isEmpty();
    }
  }

  @Test
  void aCommandThatIsNotUnderstoodIsFound() throws IOException {
    Page.Shown wrong = new Page.Shown("./gb --no-such-option 'a b' # why", "");
    assertThat(wrong.words()).containsExactly("./gb", "--no-such-option", "a b");
    assertThatThrownBy(() -> Gb.parse(List.of("--no-such-option")))
        .isInstanceOf(CommandException.class);
    assertThat(
            Mentioned.missing(
                List.of(
                    "mvn", "-pl", "harness,none", "-Pnope", "-Dtest=NoTest", "bench/no.sh", "x/y")))
        .containsExactly("none", "nope", "NoTest", "bench/no.sh", "x/y");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void javaOfThePagesIsCompiled(Page page) throws IOException {
    String sources = Snippets.sources();
    assertThat(page.blocks("java")).allMatch(block -> Snippets.holds(sources, block), "compiled");
  }

  @Test
  void javaThatIsNotCompiledIsFound() throws IOException {
    assertThat(Snippets.holds(Snippets.sources(), "Benchmark.run(nothing);\n")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void budgetsOfThePagesAreUnderstood(Page page) {
    assertThat(page.blocks("budgets").stream().flatMap(String::lines))
        .filteredOn(line -> !line.startsWith("#"))
        .allSatisfy(line -> assertThat(Budget.parse(line)).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkWithinTheProjectLeadsSomewhere(Page page) {
    assertThat(page.links()).allMatch(Page.Link::leadsSomewhere, "leads somewhere");
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() throws IOException {
    Path readme = Project.root().resolve("README.md");
    assertThat(new Page(readme, "[a](no.md) [b](#no) [c](docs/cli.md#exit-codes)").links())
        .extracting(Page.Link::leadsSomewhere)
        .containsExactly(false, false, true);
  }

  @Test
  void readmeLeadsToEveryPage() throws IOException {
    List<Path> linked = Page.read("README.md").links().stream().map(Page.Link::file).toList();
    try (Stream<Path> files = Files.list(Project.root().resolve("docs"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".md"))).isSubsetOf(linked);
    }
  }

  @Test
  void readmeIsShort() throws IOException {
    Page readme = Page.read("README.md");
    assertThat(readme.text().lines()).hasSizeLessThanOrEqualTo(MOST_README_LINES);
    assertThat(readme.sections("Quickstart: "))
        .hasSize(4)
        .allSatisfy(lines ->
            assertThat(lines)
                .filteredOn(line -> !line.isBlank() && !line.startsWith("```"))
                .hasSizeLessThanOrEqualTo(MOST_QUICKSTART_LINES));
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

  /** What is done while standard output is caught. */
  @FunctionalInterface
  private interface Example {
    void run() throws IOException;
  }

  private static String printedBy(Example example) throws IOException {
    PrintStream usual = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, false, UTF_8));
      example.run();
      System.out.flush();
    } finally {
      System.setOut(usual);
    }
    return printed.toString(UTF_8);
  }

  @Test
  void theExampleOfALoadTestRuns() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      assertThat(printedBy(() -> LibraryExample.run(server.uri("/10k.dat"))))
          .containsPattern(
              "^[0-9.E]+ requests per second\n99 % within [0-9]+ ns\nstatuses \\{200=20000}\n")
          .contains("\nComplete requests:      20000\n", "\nFailed requests:        0\n");
    }
  }

  @Test
  void theExampleOfAProofRuns() throws IOException {
    assertThat(printedBy(LeaksExample::run)).matches("([^\n]+ can never run again: [^\n]+\n)*");
  }

  private static List<String> rows(Command command) {
    return command.options().rows().stream().map(DocsTest::row).toList();
  }

  private static String row(OptionTable.Row option) {
    String names = "`" + String.join("`, `", option.names()) + "`";
    String value = option.isFlag() ? "" : " `" + option.label() + "`";
    return option.theme()
        + ("| " + names + " |" + value + " | " + String.join(" ", option.help()) + " |");
  }
}
