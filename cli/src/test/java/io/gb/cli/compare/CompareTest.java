package io.gb.cli.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.Gb;
import io.gb.cli.Main;
import io.gb.cli.command.Console;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@NoThreadLeaks
class CompareTest {

  private static final String HELP = "; gb compare -h lists the options";

  @TempDir private Path folder;

  private String base = "";
  private String slower = "";

  /** Where {@link #runJars} keeps the results, and where the jars note their turns. */
  private Path kept = Path.of("");

  private Path turns = Path.of("");

  @BeforeEach
  void writeResults() throws IOException {
    kept = folder.resolve("kept");
    turns = folder.resolve("turns");
    base = file("base.json", 100, 101, 102, 103, 104, 105);
    slower = file("slower.json", 120, 121, 122, 123, 124, 125);
  }

  @Test
  void aComparisonIsPrintedAndEndsWithZeroWhateverItShows() {
    Gb gb = Gb.run("compare", base, slower);
    assertThat(gb.err()).isEmpty();
    assertThat(gb.code()).isZero();
    assertThat(gb.out())
        .isEqualTo(
            """
            package: a

            time (avgt, ns/op)  base.json         slower.json         vs base
            B.c                     102.5  ±  2%        122.5  ±  2%  +19.51%  [+16.50%, +22.55%]  (p=0.002 n=6)  SLOWER
            """);
  }

  @Test
  void aMissedGateIsThree() {
    Gb gb = Gb.run("compare", "--gate", "time<=+5%", base, slower);
    assertThat(gb.code()).isEqualTo(3);
    assertThat(gb.out())
        .contains(
            "gate time<=+5% MISSED by a.B.c (avgt, slower.json): +19.51%, 102.5 to 122.5 ns/op");
    assertThat(Gb.run("compare", "--gate", "time<=+5%", slower, base).code()).isZero();
    assertThat(Gb.run("compare", "--gate", "time<=+5%", base, base).code()).isZero();
  }

  @Test
  void gatesMayStandInAFile() throws IOException {
    Path gates = Files.writeString(folder.resolve("gates"), "# time\ntime<=+5%\n");
    assertThat(Gb.run("compare", "--gates", gates.toString(), base, slower).code()).isEqualTo(3);
    Files.writeString(gates, "time\n");
    Gb wrong = Gb.run("compare", "--gates", gates.toString(), base, slower);
    assertThat(wrong.code()).isEqualTo(22);
    Files.writeString(gates, "# nothing\n");
    Gb none = Gb.run("compare", "--gates", gates.toString(), base, slower);
    assertThat(none.code()).isEqualTo(22);
    assertThat(none.errLines()).containsExactly("gb: --gates " + gates + ": contains no gate");
    Files.writeString(gates, "\nleaks<=+0%\n");
    assertThat(Gb.run("compare", "--gates", gates.toString(), base, slower).errLines())
        .containsExactly(
            "gb: gate " + gates + ":2: leaks<=+0%: no benchmark has this metric; available: time");
    assertThat(wrong.err())
        .startsWith("gb: --gates " + gates + ":1: time: not a gate such as time<=+5%,");
  }

  @Test
  void aGateThatCannotBeJudgedIsFive() throws IOException {
    String few = fork("few.json", 500, 501, 502);
    String fewer = fork("fewer.json", 900, 901, 902);
    Gb gb = Gb.run("compare", "--gate", "time<=+5%", few, fewer);
    assertThat(gb.code()).isEqualTo(5);
    assertThat(gb.out())
        .contains(
            "gate time<=+5% COULD NOT BE JUDGED in 1 row (only 1 fork; at least 3, earlier results"
                + " or, with several iterations, a stated spread of forks are needed): a.B.c");
    assertThat(
            Gb.run("compare", "--gate-unjudged", "pass", "--gate", "time<=+5%", few, fewer).code())
        .isZero();
    assertThat(Gb.run("compare", "--gate", "time<=+5%!", few, fewer).code()).isEqualTo(3);
    assertThat(Gb.run("compare", "--fork-spread", "3", "--gate", "time<=+5%", few, fewer).code())
        .isEqualTo(3);
  }

  @Test
  void whatIsGoneMissesAGateAndWhatIsNewDoesNot() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.json"),
            Files.readString(Path.of(base)).replace("a.B.c", "a.B.d"));
    String both = base + "," + other;
    Gb gone = Gb.run("compare", "--gate", "time<=+5%", both, base);
    assertThat(gone.code()).isEqualTo(3);
    assertThat(gone.out())
        .contains("MISSED by a.B.d (avgt, base.json): in base.json and 1 more, not in base.json\n");
    assertThat(Gb.run("compare", "--gate", "time<=+5%", base, "new=" + both).code()).isZero();
    assertThat(Gb.run("compare", "--strict", both, slower).code()).isZero();
  }

  @Test
  void earlierResultsJudgeOneFork() throws IOException {
    Path history = Files.createDirectory(folder.resolve("history"));
    for (int run = 0; run < 5; run++) {
      Files.move(Path.of(fork("run.json", 500 + run)), history.resolve(run + ".json"));
    }
    String one = fork("one.json", 510, 511, 510.5);
    String other = fork("other.json", 900, 901, 902);
    Gb gb = Gb.run("compare", "--history", history.toString(), "--gate", "time<=+5%", one, other);
    assertThat(gb.code()).isEqualTo(3);
    assertThat(gb.out()).contains("% in history)");
    assertThat(Gb.run("compare", "--history", base + ".none", one, other).errLines())
        .containsExactly("gb: --history " + base + ".none: no such file");
  }

  @Test
  void sidesMayHaveNames() {
    assertThat(Gb.run("compare", "old=" + base, "fast=" + slower).out())
        .containsPattern("time \\(avgt, ns/op\\) +old +fast +vs base\n");
  }

  @Test
  void theValuesOfAParameterAreCompared() throws IOException {
    String text = Files.readString(Path.of(base)).strip();
    String old =
        text.replace("'", "")
            .replace("{\"benchmark\"", "{\"params\":{\"impl\":\"old\"},\"benchmark\"");
    String both =
        old.substring(0, old.length() - 1)
            + ","
            + Files.readString(Path.of(slower))
                .strip()
                .replace("{\"benchmark\"", "{\"params\":{\"impl\":\"new\"},\"benchmark\"")
                .substring(1);
    String file = Files.writeString(folder.resolve("both.json"), both).toString();
    assertThat(Gb.run("compare", "--col", "impl", file).out())
        .contains("impl=old  ", "impl=new  ", "SLOWER");
    assertThat(Gb.run("compare", "--col", "size", file).errLines())
        .containsExactly("gb: --col size: no benchmark has this parameter");
    assertThat(Gb.run("compare", "--col", "impl", file, base).code()).isEqualTo(22);
  }

  @Test
  void budgetsAreCheckedOnTheCommandLine() throws IOException {
    assertThat(Gb.run("check", "--budget", "time of B.c <= 200 ns", base).out())
        .startsWith("HELD a.B.c, avgt: time is 102.5 ns/op");
    Path budgets = Files.writeString(folder.resolve("budgets"), "time of B.c <= 100 ns\n");
    Gb missed = Gb.run("check", base, "--budgets", budgets.toString());
    assertThat(missed.out()).startsWith("MISSED a.B.c, avgt: time is 102.5 ns/op");
    assertThat(missed.code()).isEqualTo(3);
    assertThat(Gb.run("check", "--budget", "time of B.gone <= 100 ns", base).code()).isEqualTo(5);
    assertThat(Gb.run("check", base).code()).isEqualTo(22);
  }

  @Test
  void aGateForNoRowIsOne() {
    Gb gb = Gb.run("compare", "--gate", "leaks<=+0%", base, slower);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .containsExactly("gb: gate leaks<=+0%: no benchmark has this metric; available: time");
  }

  @Test
  void aBrokenFileIsOneAndNamed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "[{");
    Gb gb = Gb.run("compare", base, broken.toString());
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .containsExactly("gb: " + broken + ":1:3: ends in the middle; is it truncated?");
    assertThat(Gb.run("compare", base, base + ".none").err())
        .isEqualTo("gb: " + base + ".none: no such file\n");
  }

  @Test
  void nothingInCommonIsOne() {
    Gb gb = Gb.run("compare", "--filter", "nothing", base, slower);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.err()).isEqualTo("gb: --filter nothing: no benchmark has this in its name\n");
    assertThat(Gb.run("compare", "--param", "x=1", base, slower).err())
        .isEqualTo("gb: --param x=1: no benchmark has this parameter value\n");
    assertThat(Gb.run("compare", "--metric", "throughput", base, slower).err())
        .isEqualTo("gb: --metric throughput: no metric has this in its name; available: time\n");
    assertThat(Gb.run("compare", "--group", "size", base, slower).err())
        .isEqualTo("gb: --group size: no benchmark has this parameter\n");
  }

  @Test
  void whatOnlyFitsOneByOneIsOneAndSaysSo() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("thrpt.json"),
            Files.readString(Path.of(base)).replace("a.B.c", "a.B.d").replace("avgt", "thrpt"));
    Gb gb = Gb.run("compare", "--filter", "d$", "--metric", "time", base + "," + other, slower);
    assertThat(gb.errLines())
        .containsExactly(
            "gb: nothing to compare: no benchmark matches --filter, --param and --metric");
    assertThat(Gb.run("compare", other.toString(), slower).errLines())
        .last()
        .isEqualTo("gb: nothing to compare: the sides have no metric of a benchmark in common");
  }

  @Test
  void changesOfAnySizeMayCount() {
    assertThat(Gb.run("compare", "--same-within", "0", "--floor", "0", base, slower).code())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare|needs two results to compare; gb compare -h shows how",
        "compare x.json|x.json: needs a second result to compare with; gb compare -h shows how",
        "compare --gate time a b|--gate time: not a gate such as time<=+5%, time<=+5%! or"
            + " gc.alloc.rate.norm<=+0%,64B; gb compare -h lists the options",
        "compare --format word a b|--format word: must be one of text, markdown, csv, json, html,"
            + " junit; gb compare -h lists the options",
        "compare --level 0 a b|--level 0: must be a number above 0; gb compare -h lists the"
            + " options",
        "compare --level 100 a b|--level 100: must be below 100; gb compare -h lists the options",
        "compare --floor -1 a b|--floor -1: must be a number, 0 or more; gb compare -h lists the"
            + " options",
        "compare --format csv --format json a b|--format: only one can go to standard output;"
            + " name files for the others",
        "compare --format csv: a b|--format csv:: needs a file after the colon;"
            + " gb compare -h lists the options",
        "compare a b,,c|\"b,,c\": contains an empty file name",
        "compare a b b|b: is given twice",
        "compare a b,b|b,b: contains b twice",
        "compare a ./b,b|./b,b: contains b twice",
        "compare --format csv:x --format json:./x a b|--format json:./x: another report goes to"
            + " that file",
        "compare --gate-unjudged fail a b|--gate-unjudged fail: must be pass; gb compare -h lists"
            + " the options",
        "compare --col x a b|--col: needs one result, whose parameter it compares",
        "compare --col x --history h a|--col: not with --history, whose runs have all values of the"
            + " parameter",
        "check|needs a result to check; gb check -h shows how",
        "compare --param x a b|--param x: must be name=value; gb compare -h lists the options",
        "compare run|--base: is missing; gb compare run -h shows how",
        "compare run --forks 0|--forks 0: must be between 1 and 1000",
      })
  void wrongUsageIs22(String line, String message) {
    Gb gb = Gb.run(line.split(" ", -1));
    assertThat(gb.errLines()).containsExactly("gb: " + message);
    assertThat(gb.code()).isEqualTo(22);
  }

  @Test
  void anEmptyArgumentIsNotTheWorkingDirectory() {
    Gb gb = Gb.run("compare", base, "");
    assertThat(gb.errLines()).containsExactly("gb: an argument is empty; is a variable not set?");
    assertThat(gb.code()).isEqualTo(22);
  }

  @Test
  void aWrongPatternIs22() {
    Gb gb = Gb.run("compare", "--filter", "(", base, slower);
    assertThat(gb.errLines())
        .containsExactly("gb: --filter (: not a regular expression: Unclosed group" + HELP);
  }

  @Test
  void strictRefusesWhatItWouldOtherwiseWarnOf() throws IOException {
    String few = fork("few.json", 100, 101);
    String fewer = fork("fewer.json", 100, 101, 102);
    assertThat(Gb.run("compare", fewer, few).code()).isZero();
    Gb strict = Gb.run("compare", "--strict", fewer, few);
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out()).isEmpty();
    assertThat(strict.errLines())
        .anyMatch(line -> line.contains("it is assumed that forks differ by 5 %"))
        .last()
        .isEqualTo("gb: --strict: no report, for the reasons above");
    assertThat(Gb.run("compare", "--strict", base, slower).code()).isZero();
    assertThat(Gb.run("compare", "--strict", base, base).errLines())
        .first()
        .isEqualTo("gb: both sides have the same scores; was a file given for both?: a.B.c");
  }

  @Test
  void aSideMayBeADirectoryOrAListOfFiles() throws IOException {
    Path side = Files.createDirectory(folder.resolve("side"));
    Files.copy(Path.of(base), side.resolve("1.json"));
    Files.copy(Path.of(base), side.resolve("2.json"));
    Files.writeString(side.resolve("1.log"), "not a result");
    Files.createDirectory(side.resolve("3.json"));
    assertThat(Gb.run("compare", side.toString(), base + "," + slower).out()).contains(" n=12)");
  }

  @Test
  void eachFurtherSideIsComparedWithTheFirst() throws IOException {
    String third = file("third.json", 90, 91, 92, 93, 94, 95);
    assertThat(Gb.run("compare", base, slower, third).out())
        .contains("slower.json", "SLOWER", "third.json", "FASTER");
  }

  @Test
  void severalFormatsGoToTheirFiles() throws IOException {
    Path page = folder.resolve("page.html");
    Path tests = folder.resolve("tests.xml");
    Gb gb =
        Gb.run(
            "compare",
            "--format",
            "html:" + page,
            "--format",
            "junit:" + tests,
            "--format",
            "csv",
            base,
            slower);
    assertThat(gb.out()).startsWith("contender,group,benchmark,");
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("<svg");
    assertThat(Files.readString(tests)).contains("<testsuite");
    String nowhere = "csv:" + folder + "/no/such";
    Gb refused = Gb.run("compare", "--format", nowhere, base + ".none", slower);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errLines())
        .containsExactly(
            "gb: --format "
                + nowhere
                + ": cannot be written: there is no directory "
                + folder.resolve("no"));
    String directory = "csv:" + folder;
    assertThat(Gb.run("compare", "--format", directory, base, slower).errLines())
        .containsExactly("gb: --format " + directory + ": cannot be written: is a directory");
  }

  @Test
  void aReportDoesNotTakeThePlaceOfWhatWasMeasured() throws IOException {
    Path side = Files.createDirectory(folder.resolve("side"));
    Files.copy(Path.of(base), side.resolve("1.json"));
    for (String file : List.of(base, folder + "/./base.json", side + "/report.json")) {
      Gb gb = Gb.run("compare", "--format", "json:" + file, base, side.toString());
      assertThat(gb.code()).as(file).isEqualTo(22);
      assertThat(gb.errLines())
          .containsExactly("gb: --format json:" + file + ": is an input and would be overwritten");
    }
    assertThat(Gb.run("compare", "--format", "json:" + side + "/report.txt", base, slower).code())
        .isZero();
  }

  /** Whoever reads the exit code only looks for the reason on standard error. */
  @Test
  void whereTheReportDoesNotTellOfGatesStandardErrorDoes() throws IOException {
    String missed =
        "gb: gate time<=+5% MISSED by a.B.c (avgt, slower.json): +19.51%, 102.5 to 122.5 ns/op";
    String page = "html:" + folder.resolve("page.html");
    for (String format : List.of("csv", "json", page)) {
      Gb gb = Gb.run("compare", "--format", format, "--gate", "time<=+5%", base, slower);
      assertThat(gb.code()).as(format).isEqualTo(3);
      assertThat(gb.errLines()).as(format).containsExactly(missed);
    }
    String few = fork("few.json", 1, 2);
    String fewer = fork("fewer.json", 2, 3);
    assertThat(Gb.run("compare", "--format", "csv", "--gate", "time<=+5%", few, fewer).errLines())
        .containsExactly(
            "gb: gate time<=+5% COULD NOT BE JUDGED in 1 row (only 1 fork; at least 3, earlier"
                + " results or, with several iterations, a stated spread of forks are needed):"
                + " a.B.c (avgt, fewer.json)");
    for (String format : List.of("text", "markdown")) {
      Gb gb = Gb.run("compare", "--format", format, "--gate", "time<=+5%", base, slower);
      assertThat(gb.err()).as(format).isEmpty();
    }
  }

  /** As when the reader of a pipe has seen enough: the gate is missed all the same. */
  @Test
  void aMissedGateIsThreeEvenIfNobodyReadsTheReport() {
    assertThat(closedRun("--gate", "time<=+5%", base, slower)).isEqualTo(3);
    assertThat(closedRun(base, slower)).isEqualTo(1);
    assertThat(closedRun("-h")).isEqualTo(1);
  }

  @Test
  void lettersThatJavaCouldNotReadAreRefused() {
    Gb gb = Gb.run("compare", "b\uFFFDse.json", base);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .singleElement()
        .asString()
        .startsWith("gb: b\uFFFDse.json: contains ");
  }

  @Test
  void whatIsNoNameOfAFileHereIsToldInOneLine() {
    Gb gb = Gb.run("compare", "a\0b", base);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .containsExactly("gb: a\\u0000b: not the name of a file: Nul character not allowed");
  }

  private static int closedRun(String... args) {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(told, false, UTF_8);
    String[] all = Stream.concat(Stream.of("compare"), Stream.of(args)).toArray(String[]::new);
    int code = Main.run(all, new Console(new PrintStream(closed, false, UTF_8), err, false));
    assertThat(told.toString(UTF_8)).isEqualTo("gb: standard output: cannot be written\n");
    return code;
  }

  @Test
  void aRunRefusesToMixItsResultsWithOlderOnes() throws IOException {
    Files.createDirectories(kept.resolve("base/0001.json"));
    Gb gb = runOne();
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.err()).contains("contains results already");
  }

  @Test
  void aRunNeedsAFolderAndTwoJarsOfJmh() throws IOException {
    String jar = jar("a.jar", "1");
    assertThat(runJars(base, jar).errLines())
        .containsExactly("gb: --base " + base + ": is not a jar");
    String plain = emptyJar(folder.resolve("plain.jar")).toString();
    assertThat(runJars(jar, plain).errLines())
        .containsExactly("gb: --new " + plain + ": contains no JMH benchmarks");
    assertThat(runJars(jar, folder.toString()).err()).contains("no such file, or not readable");
    assertThat(runJars(jar, jar, "--directory", base).errLines())
        .containsExactly("gb: --directory " + base + ": cannot be made or read");
  }

  @Test
  void aRunLooksAtGatesAndFormatsBeforeItStarts() throws IOException {
    String jar = jar("a.jar", "1");
    assertThat(runJars(jar, jar, "--gates", "none").code()).isEqualTo(1);
    assertThat(runJars(jar, jar, "--format", "csv:" + folder + "/no/such").code()).isEqualTo(1);
    assertThat(turns).doesNotExist();
    assertThat(kept).doesNotExist();
  }

  @Test
  void aRunThatFailsNamesItsLogAndCanBeTriedAgain() throws IOException {
    Path usual = turns;
    turns = Path.of("no-such-folder/turns");
    Gb failing = runOne();
    assertThat(failing.code()).isEqualTo(1);
    assertThat(failing.err()).contains("JMH ended with 1; see ").contains("0001.log");
    turns = Path.of("unused");
    Gb mute = runOne("--mute");
    assertThat(mute.err())
        .contains("--base " + folder.resolve("a.jar") + ": JMH wrote no result; see ");
    turns = usual;
    assertThat(runOne().code()).isZero();
  }

  @Test
  void aResultThatIsNoneIsToldAtOnceAndTheOthersStay() throws IOException {
    String jar = jar("a.jar", "1");
    Gb gb = runJars(jar, jar, "--", "--cut");
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .hasSize(5)
        .element(3)
        .asString()
        .startsWith("gb: --new " + jar + ": JMH's result cannot be read: ");
    assertThat(gb.errLines()).last().isEqualTo("gb: gave up after 2 of 20 turns; " + hint());
    assertThat(gb.out()).contains(" n=1, forks ");
    assertThat(Gb.run("compare", kept + "/base", kept + "/new").out()).contains(" n=1, forks ");
  }

  private String hint() {
    return "gb compare %s/base %s/new compares what was measured".formatted(kept, kept);
  }

  @Test
  void aBenchmarkThatFailsDoesNotKeepTheOthersFromBeingCompared() throws IOException {
    Gb gb = runOne("--crash");
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.out()).contains(" n=1, forks ");
    assertThat(gb.errLines())
        .contains("Turn 2 of 2 (new) done but for a.B.d, about 0 s left")
        .last()
        .isEqualTo(
            "gb: --new %s/a.jar: a.B.d failed once; see %s/new/0001.log".formatted(folder, kept));
  }

  @Test
  void aTurnInWhichAllFailsDoesNotEndTheOthers() throws IOException {
    String recent = jar("recent.jar", "120");
    Gb gb = runJars(jar("old.jar", "100"), recent, "--forks", "2", "--", "--none");
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.out()).contains(" n=2+1, forks ");
    assertThat(gb.errLines())
        .contains("Turn 4 of 4 (base) done, about 0 s left")
        .last()
        .isEqualTo(
            "gb: --new " + recent + ": a.B.c failed once; see " + kept.resolve("new/0002.log"));
  }

  /** The gate says more than the failure does. */
  @Test
  void aMissedGateIsThreeThoughABenchmarkFailed() throws IOException {
    String[] options = {"--forks", "4", "--gate", "time<=+5%", "--", "--crash"};
    Gb gb = runJars(jar("old.jar", "100"), jar("recent.jar", "120"), options);
    assertThat(gb.code()).isEqualTo(3);
    assertThat(gb.errLines())
        .anyMatch(line -> line.contains("a.B.d failed 3 times; see "))
        .anyMatch(line -> line.contains("a.B.d failed 4 times; see "));
  }

  @Test
  void aReportDoesNotTakeThePlaceOfAJarOrOfTheGates() throws IOException {
    String jar = jar("a.jar", "1");
    Path gates = Files.writeString(folder.resolve("gates"), "time<=+5%\n");
    assertThat(runJars(jar, jar, "--format", "csv:" + jar).errLines())
        .containsExactly("gb: --format csv:" + jar + ": is an input and would be overwritten");
    String hard = Files.createLink(folder.resolve("hard"), Path.of(base)).toString();
    for (String file : List.of(gates.toString(), hard)) {
      Gb gb =
          Gb.run("compare", "--gates", gates.toString(), "--format", "csv:" + file, base, slower);
      assertThat(gb.code()).as(file).isEqualTo(22);
    }
    assertThat(gates).hasContent("time<=+5%");
    String[] nowhere = {
      "compare", "--format", "csv:/dev/null", "--format", "json:/dev/null", base, slower
    };
    assertThat(Gb.run(nowhere).code()).isZero();
  }

  /** As after Ctrl-C, though there was none. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "130", "143"})
  void aJmhThatEndsByItselfWasNotInterrupted(String code) throws IOException {
    Gb gb = runOne("--exit", code);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines())
        .contains(
            "gb: --base %s/a.jar: JMH ended with %s; see %s/base/0001.log"
                .formatted(folder, code, kept))
        .last()
        .isEqualTo("gb: gave up; there is nothing to compare yet");
  }

  @Test
  void twoRunsDoNotMixTheirResults() throws IOException {
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        JmhTurns other = new JmhTurns(kept, List.of(), nowhere)) {
      other.prepare();
      Gb second = runOne();
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.errLines())
          .containsExactly("gb: --directory " + kept + ": is in use by another run");
    }
    assertThat(runOne().code()).isZero();
    try (Stream<Path> left = Files.list(kept)) {
      assertThat(left)
          .containsExactlyInAnyOrder(
              kept.resolve("base"), kept.resolve("new"), kept.resolve(".lock"));
    }
  }

  @Test
  void aTurnThatCannotBeginIsToldAndTheOthersAreCompared() throws IOException {
    String jar = jar("a.jar", "1");
    Path log = Files.createDirectories(kept.resolve("new/0002.log"));
    Gb gb = runJars(jar, jar);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.out()).contains(" n=1, forks ");
    assertThat(gb.errLines())
        .anyMatch(line -> line.startsWith("gb: --new " + jar) && line.contains(log.toString()))
        .last()
        .asString()
        .startsWith("gb: gave up after 2 of 20 turns; ");
  }

  /** A slip in an option does not cost hours, nor what was measured so far. */
  @ParameterizedTest
  @CsvSource({"--filter, Nope", "--gate, tyme<=+5%"})
  void whatFitsNothingIsToldAfterTwoTurns(String option, String value) throws IOException {
    String jar = jar("a.jar", "1");
    Gb gb = runJars(jar, jar, option, value);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines()).last().asString().contains(value).endsWith("; " + hint());
    assertThat(turns).hasContent("1\n1\n");
  }

  /** As where standard output is a file, which a second report would cut off. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReportMayGoToStandardOutputBehindAnother() {
    Gb gb = Gb.run("compare", "--format", "text", "--format", "csv:/dev/stdout", base, slower);
    assertThat(gb.out()).startsWith("package: a\n").contains("\ncontender,group,benchmark,");
  }

  @Test
  void aReportMayGoWhereTheRunKeepsItsResults() throws IOException {
    String jar = jar("a.jar", "1");
    Gb gb = runJars(jar, jar, "--format", "csv:" + kept + "/table.csv", "--forks", "1");
    assertThat(gb.code()).isZero();
    assertThat(kept.resolve("table.csv")).isNotEmptyFile();
  }

  @Test
  void namesMayHoldSpaces() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a folder"));
    String jar = FakeJmh.jar(inner.resolve("old one.jar"), "1").toString();
    kept = inner.resolve("kept here");
    turns = inner.resolve("turns taken");
    Gb gb = runJars(jar, jar, "--forks", "1");
    assertThat(gb.code()).isZero();
    assertThat(gb.out()).contains("base old one.jar");
  }

  @Test
  void whatStandsInUtf8IsWrittenSoEverywhere() throws IOException {
    Path named =
        Files.writeString(
            folder.resolve("named.json"),
            Files.readString(Path.of(base))
                .replace("\"threads\"", "\"params\":{\"x\":\"ä\\uD800\"},\"threads\""));
    for (String format : List.of("html", "json", "csv", "markdown", "junit")) {
      assertThat(asciiRun("--format", format, named.toString(), named.toString()).toString(UTF_8))
          .as(format)
          .contains("ä");
    }
    String text = asciiRun(named.toString(), named.toString()).toString(UTF_8);
    assertThat(text).contains("+-  2%").doesNotContain("±").contains("x=?\\ud800");
    Path file = folder.resolve("tests.xml");
    assertThat(Gb.run("compare", "--format", "junit:" + file, base, named.toString()).code())
        .isEqualTo(1);
    assertThat(
            Gb.run("compare", "--format", "junit:" + file, named.toString(), named.toString())
                .code())
        .isZero();
  }

  private static ByteArrayOutputStream asciiRun(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    String[] all = Stream.concat(Stream.of("compare"), Stream.of(args)).toArray(String[]::new);
    int code = Main.run(all, new Console(new PrintStream(out, false, US_ASCII), err, false));
    assertThat(code).isZero();
    return out;
  }

  private String jar(String name, String score) throws IOException {
    return FakeJmh.jar(folder.resolve(name), score).toString();
  }

  /** Runs one fork of a jar against itself, with options for the jar. */
  private Gb runOne(String... jmhOptions) throws IOException {
    String jar = jar("a.jar", "1");
    return runJars(
        jar,
        jar,
        Stream.concat(Stream.of("--forks", "1", "--"), Stream.of(jmhOptions))
            .toArray(String[]::new));
  }

  /** Runs two jars in turns, with options for gb and, behind {@code --}, for the jars. */
  private Gb runJars(String old, String recent, String... options) {
    List<String> args = new ArrayList<>(List.of("compare", "run", "--base", old, "--new", recent));
    args.addAll(List.of("--directory", kept.toString()));
    args.addAll(List.of(options));
    int jmhOptions = args.indexOf("--");
    if (jmhOptions < 0) {
      args.addAll(List.of("--", turns.toString()));
    } else {
      args.add(jmhOptions + 1, turns.toString());
    }
    return Gb.run(args.toArray(String[]::new));
  }

  @Test
  void aRunTakesTurnsAndComparesWhatCameOfThem() throws IOException {
    String[] options = {"--forks", "4", "--gate", "time<=+5%"};
    Gb gb = runJars(jar("old.jar", "100"), jar("recent.jar", "120"), options);
    assertThat(Files.readAllLines(turns))
        .containsExactly("100", "120", "120", "100", "100", "120", "120", "100");
    assertThat(gb.out()).contains("base old.jar", "new recent.jar", "(p=0.029 n=4)", "SLOWER");
    assertThat(gb.code()).isEqualTo(3);
    assertThat(gb.errLines()).hasSize(9);
    assertThat(gb.errLines().getFirst())
        .startsWith("Running 8 turns with ")
        .endsWith("java, logs in " + kept);
    assertThat(gb.errLines().getLast()).isEqualTo("Turn 8 of 8 (base) done, about 0 s left");
  }

  private static final List<String> RESERVED =
      List.of(
          "-f",
          "--f",
          "-f1",
          "-f=3",
          "-foe",
          "--foe",
          "-foe=false",
          "-rf",
          "--rf",
          "-rff",
          "-o",
          "--o",
          "-o=x",
          "-ofile");

  @Test
  void aRunSetsTheForksItself() throws IOException {
    for (String option : RESERVED) {
      assertThat(runOne(option, "1").code()).as(option).isEqualTo(22);
    }
    assertThat(runOne("x", "-v", "SILENT").code()).isEqualTo(22);
    assertThat(runOne("-opi", "2").code()).isZero();
  }

  private static Path emptyJar(Path file) throws IOException {
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry("META-INF/"));
    }
    return file;
  }

  /** A result with one iteration in each fork. */
  private String file(String name, double... forks) throws IOException {
    return rawFile(name, Arrays.stream(forks).mapToObj(fork -> "[" + fork + "]"));
  }

  /** A result with one fork. */
  private String fork(String name, double... iterations) throws IOException {
    return rawFile(name, Stream.of(Arrays.toString(iterations)));
  }

  private String rawFile(String name, Stream<String> forks) throws IOException {
    String json =
        "[{'benchmark':'a.B.c','mode':'avgt','threads':1,"
            + "'primaryMetric':{'score':1,'scoreUnit':'ns/op','rawData':["
            + forks.collect(joining(","))
            + "]}}]";
    return Files.writeString(folder.resolve(name), json.replace('\'', '"')).toString();
  }
}
