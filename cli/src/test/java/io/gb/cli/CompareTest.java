package io.gb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@NoThreadLeaks
class CompareTest {

  private static final String HELP = "; gb compare -h lists the options";

  @TempDir private Path folder;

  private String base = "";
  private String slower = "";

  @BeforeEach
  void writeResults() throws IOException {
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
    assertThat(gb.out()).contains("gate time<=+5% MISSED by a.B.c: +19.51%, 102.5 to 122.5 ns/op");
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
    assertThat(wrong.err())
        .startsWith("gb: --gates " + gates + ":1: time: not a gate such as time<=+5%");
  }

  @Test
  void aGateForNoRowIsOne() {
    Gb gb = Gb.run("compare", "--gate", "leaks<=+0%", base, slower);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.errLines()).containsExactly("gb: --gate leaks<=+0%: no row is for this gate");
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
    assertThat(gb.err()).contains("nothing to compare");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare|no results to compare; gb compare -h shows how",
        "compare x.json|x.json: nothing to compare; gb compare -h shows how",
        "compare --gate time a b|--gate time: not a gate such as time<=+5% or"
            + " gc.alloc.rate.norm<=+0%,64B; gb compare -h lists the options",
        "compare --format word a b|--format word: must be one of text, markdown, csv, json, html,"
            + " junit; gb compare -h lists the options",
        "compare --level 0 a b|--level 0: must be a number above 0; gb compare -h lists the"
            + " options",
        "compare --level 100 a b|--level 100: must be between 0 and 100;"
            + " gb compare -h lists the options",
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
  void aWrongPatternIs22() {
    Gb gb = Gb.run("compare", "--filter", "(", base, slower);
    assertThat(gb.errLines())
        .containsExactly("gb: --filter (: not a regular expression: Unclosed group" + HELP);
  }

  @Test
  void strictRefusesWhatItWouldOtherwiseWarnOf() throws IOException {
    String few = file("few.json", 100, 101);
    assertThat(Gb.run("compare", base, few).code()).isZero();
    Gb strict = Gb.run("compare", "--strict", base, few);
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out()).isEmpty();
    assertThat(strict.errLines())
        .anyMatch(line -> line.contains("fewer than 4 forks"))
        .last()
        .isEqualTo("gb: --strict: refused, because of what is said above");
    assertThat(Gb.run("compare", "--strict", base, slower).code()).isZero();
  }

  @Test
  void aSideMayBeADirectoryOrAListOfFiles() throws IOException {
    Path side = Files.createDirectory(folder.resolve("side"));
    Files.copy(Path.of(base), side.resolve("1.json"));
    Files.copy(Path.of(base), side.resolve("2.json"));
    Files.writeString(side.resolve("1.log"), "not a result");
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
    assertThat(gb.out()).startsWith("contender,benchmark,");
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("<svg");
    assertThat(Files.readString(tests)).contains("<testsuite");
    Gb nowhere = Gb.run("compare", "--format", "csv:" + folder + "/no/such", base, slower);
    assertThat(nowhere.code()).isEqualTo(1);
  }

  @Test
  void aRunRefusesToMixItsResultsWithOlderOnes() throws IOException {
    Files.createDirectories(folder.resolve("kept/base/0001.json"));
    String kept = folder.resolve("kept").toString();
    Gb gb = Gb.run("compare", "run", "--base", base, "--new", base, "--directory", kept);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.err()).contains("holds results already");
  }

  @Test
  void aRunThatFailsNamesItsLog() {
    String kept = folder.resolve("kept").toString();
    Gb gb = Gb.run("compare", "run", "--base", base, "--new", base, "--directory", kept);
    assertThat(gb.code()).isEqualTo(1);
    assertThat(gb.err()).contains("JMH ended with 1; see ").contains("0001.log");
  }

  @Test
  void aRunTakesTurnsAndComparesWhatCameOfThem() throws IOException {
    Path turns = folder.resolve("turns");
    String old = FakeJmh.jar(folder.resolve("old.jar"), "100").toString();
    String recent = FakeJmh.jar(folder.resolve("recent.jar"), "120").toString();
    String kept = folder.resolve("kept").toString();
    Gb gb =
        Gb.run(
            "compare",
            "run",
            "--base",
            old,
            "--new",
            recent,
            "--forks",
            "4",
            "--directory",
            kept,
            "--gate",
            "time<=+5%",
            "--",
            turns.toString());
    assertThat(Files.readAllLines(turns))
        .containsExactly("100", "120", "120", "100", "100", "120", "120", "100");
    assertThat(gb.out()).contains("base old.jar", "new recent.jar", "(p=0.029 n=4)", "SLOWER");
    assertThat(gb.code()).isEqualTo(3);
    assertThat(gb.errLines()).hasSize(8);
    assertThat(gb.errLines().getLast()).isEqualTo("Turn 8 of 8 (base) done, about 0 s left");
  }

  @Test
  void aRunSetsTheForksItself() {
    for (String option : List.of("-f", "-f1", "-rf", "-rff", "-o")) {
      Gb gb = Gb.run("compare", "run", "--base", base, "--new", base, "--", option, "1");
      assertThat(gb.code()).as(option).isEqualTo(22);
    }
  }

  private String file(String name, double... forks) throws IOException {
    StringBuilder raw = new StringBuilder();
    for (double fork : forks) {
      raw.append(raw.isEmpty() ? "" : ",").append('[').append(fork).append(']');
    }
    String json =
        "[{'benchmark':'a.B.c','mode':'avgt','threads':1,"
            + "'primaryMetric':{'score':1,'scoreUnit':'ns/op','rawData':["
            + raw
            + "]}}]";
    return Files.writeString(folder.resolve(name), json.replace('\'', '"')).toString();
  }
}
