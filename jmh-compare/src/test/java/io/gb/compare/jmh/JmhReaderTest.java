package io.gb.compare.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JmhReaderTest {

  private static final String PRIMARY =
      "'primaryMetric':{'score':1,'scoreUnit':'ns/op','rawData':[[1.0]]}";
  private static final String RESULT = "{'benchmark':'a.B.c','mode':'avgt'," + PRIMARY + "}";

  @TempDir private Path folder;

  @Test
  void aFileOfAnOldVersionIsRead() throws IOException {
    List<JmhResult> results = JmhReader.read(resource("old-throughput.json"));
    assertThat(results).hasSize(1);
    JmhResult result = results.get(0);
    assertThat(result.id())
        .isEqualTo(
            new BenchmarkId(
                "org.sample.Codec.encode",
                Map.of("format", "json,gob", "size", "10"),
                Mode.THROUGHPUT));
    assertThat(result.id().params().keySet()).containsExactly("format", "size");
    assertThat(result.environment().threads()).isEqualTo(4);
    assertThat(result.environment().jdkVersion()).isEmpty();
    assertThat(result.environment().measurement()).isEqualTo("2 x 1 s, batch 1");
    assertThat(result.metrics().stream().map(JmhMetric::name))
        .containsExactly("throughput", "gc.alloc.rate.norm", "gc.time");
    JmhMetric primary = result.metrics().get(0);
    assertThat(primary.unit()).isEqualTo("ops/ms");
    assertThat(primary.score()).isEqualTo(1002.5);
    assertThat(primary.forks()).isEqualTo(2);
    assertThat(primary.iterations(1)).containsExactly(1004, 1005);
  }

  @Test
  void zerosThatTheGcProfilerLeavesOutArePutBack() throws IOException {
    Map<String, JmhMetric> metrics =
        metrics(
            result(
                "'gc.alloc.rate':{'scoreUnit':'MB/sec','rawData':[[1,1,1],[0,0,0]]},"
                    + "'gc.alloc.rate.norm':{'scoreUnit':'B/op','rawData':[[24,24],[]]},"
                    + "'gc.count':{'scoreUnit':'counts','rawData':[[1,0,0],[0,0,0]]}"),
            0);
    JmhMetric norm = Objects.requireNonNull(metrics.get("gc.alloc.rate.norm"));
    assertThat(norm.iterations(0)).containsExactly(24, 24, 0);
    assertThat(norm.iterations(1)).containsExactly(0, 0, 0);
    JmhMetric time = Objects.requireNonNull(metrics.get("gc.time"));
    assertThat(time.unit()).isEqualTo("ms");
    assertThat(time.iterations(1)).containsExactly(0, 0, 0);
  }

  @Test
  void percentilesOfTheMethodsOfAGroupStayApart() throws IOException {
    String metric = "{'scoreUnit':'ns/op','rawData':[[1]]}";
    Path file =
        result(
            "'c:p0.50':%1$s,'get:p0.50':%1$s,'put·p0.50':%1$s,'put?p0.99':%1$s,':p1.00':%1$s"
                .formatted(metric));
    assertThat(metrics(file, 0))
        .containsOnlyKeys("time", "p0.50", "get:p0.50", "put:p0.50", "put:p0.99", ":p1.00");
  }

  @Test
  void aSecondaryMetricCalledAsThePrimaryOneIsKept() throws IOException {
    Path file = result("'time':{'scoreUnit':'ms','rawData':[[3]]}");
    assertThat(metrics(file, 0)).containsOnlyKeys("time", "time (secondary)");
  }

  @Test
  void textsOfProfilersAreNoMetrics() throws IOException {
    Path file = result("'stack':{'score':'NaN','scoreUnit':'---','rawData':[['NaN']]}");
    assertThat(metrics(file, 0)).containsOnlyKeys("time");
  }

  @Test
  void paramsMayBeNull() throws IOException {
    Path file = file("[" + RESULT.replace("'mode'", "'params':null,'mode'") + "]");
    assertThat(JmhReader.read(file).get(0).id().params()).isEmpty();
  }

  @Test
  void aSecondaryMetricMayHaveNoUnit() throws IOException {
    JmhMetric text = metrics(result("'stack':{'score':'NaN','scoreUnit':''}"), 0).get("stack");
    assertThat(Objects.requireNonNull(text).unit()).isEmpty();
  }

  @Test
  void whatTheGcProfilerCouldNotMeasureIsNotZero() throws IOException {
    Map<String, JmhMetric> metrics =
        metrics(
            result("'gc.alloc.rate':{'score':'NaN','scoreUnit':'MB/sec','rawData':[['NaN']]}"), 0);
    assertThat(metrics).doesNotContainKey("gc.alloc.rate.norm");
    assertThat(metrics(result("'gc.count':{'score':0,'scoreUnit':'counts','rawData':[]}"), 0))
        .containsKey("gc.time");
  }

  @Test
  void aForkWithoutAnyScoreIsNone() throws IOException {
    JmhMetric gcTime = metrics(resource("old-throughput.json"), 0).get("gc.time");
    assertThat(Objects.requireNonNull(gcTime).forks()).isEqualTo(1);
  }

  @Test
  void sampleModeGivesMeansOfIterationsAndPercentilesOfForks() throws IOException {
    Map<String, JmhMetric> metrics = metrics(resource("new-modes.json"), 0);
    assertThat(metrics)
        .containsOnlyKeys("time", "p0.50", "gc.alloc.rate.norm", "p0.90", "p0.99", "p0.999");
    JmhMetric time = Objects.requireNonNull(metrics.get("time"));
    // By hand: (3 * 0.1 + 0.5) / 4 = 0.2 and (2 * 0.1 + 2 * 0.3) / 4 = 0.2.
    assertThat(time.iterations(0)).containsExactly(new double[] {0.2, 0.2}, within(1e-12));
    assertThat(time.iterations(1)).containsExactly(new double[] {0.2, 0.38}, within(1e-12));
    // The first fork: 0.1 five times, 0.3 twice, 0.5 once.
    assertThat(Objects.requireNonNull(metrics.get("p0.50")).iterations(0)).containsExactly(0.1);
    assertThat(Objects.requireNonNull(metrics.get("p0.99")).iterations(0)).containsExactly(0.5);
    assertThat(Objects.requireNonNull(metrics.get("p0.90")).iterations(1)).containsExactly(0.2);
    assertThat(Objects.requireNonNull(metrics.get("p0.999")).iterations(1)).containsExactly(2.0);
  }

  /** JMH gives the extremes as well, iteration by iteration; the largest of few is no maximum. */
  @Test
  void otherPercentilesOfSampleModeAreLeftOut() throws IOException {
    String metric = "{'scoreUnit':'ns/op','rawData':[[1]]}";
    Path result =
        result(
            "'p0.00':%1$s,'p0.50':%1$s,'c·p0.95':%1$s,'get:p1.00':%1$s,'get:p0.90':%1$s"
                .formatted(metric));
    Path file = file(Files.readString(result).replace("avgt", "sample"));
    assertThat(metrics(file, 0)).containsOnlyKeys("time", "p0.50", "get:p0.90");
  }

  @Test
  void aTerminalDoesNotGetControlCharactersOfANameToObey() throws IOException {
    Path file =
        file("[" + RESULT.replace("'mode'", "'params':{'x':'\\u001b[31m\\t'},'mode'") + "]");
    BenchmarkId id = JmhReader.read(file).get(0).id();
    assertThat(id.params()).containsEntry("x", "\u001B[31m\t");
    assertThat(id.label()).isEqualTo("a.B.c x=\\u001b[31m\\t");
  }

  @Test
  void theEnvironmentIsRead() throws IOException {
    Environment environment = JmhReader.read(resource("new-modes.json")).get(0).environment();
    assertThat(environment.jmhVersion()).isEqualTo("1.37");
    assertThat(environment.jdkVersion()).isEqualTo("25.0.1");
    assertThat(environment.collector()).isEqualTo("Parallel");
    assertThat(environment.jvmArgs()).hasSize(3);
  }

  @Test
  void scoresThatAreNoNumbersAreLeftOutAndCounted() throws IOException {
    JmhMetric metric =
        Objects.requireNonNull(metrics(resource("new-modes.json"), 0).get("gc.alloc.rate.norm"));
    assertThat(metric.forks()).isEqualTo(1);
    assertThat(metric.iterations(0)).containsExactly(1e-5);
    assertThat(metric.dropped()).isEqualTo(3);
  }

  @Test
  void aFileWithoutRawDataHasItsScoreOnly() throws IOException {
    JmhMetric time = Objects.requireNonNull(metrics(resource("new-modes.json"), 1).get("time"));
    assertThat(time.forks()).isZero();
    assertThat(time.score()).isEqualTo(12.5);
  }

  @ParameterizedTest
  @CsvSource({
    "·gc.alloc.rate.norm, UTF-8",
    "gc.alloc.rate.norm, UTF-8",
    "·gc.alloc.rate.norm, ISO-8859-1",
    "?gc.alloc.rate.norm, US-ASCII",
    "Â·gc.alloc.rate.norm, UTF-8"
  })
  void theDotOfOldVersionsGoesInAnyCharset(String written, String charset) throws IOException {
    String secondary =
        "'secondaryMetrics':{'" + written + "':{'score':8,'scoreUnit':'B/op','rawData':[[8.0]]}}}";
    Path file = file("[" + RESULT.replace("}}", "},") + secondary + "]", Charset.forName(charset));
    assertThat(metrics(file, 0)).containsOnlyKeys("time", "gc.alloc.rate.norm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"avgt", "thrpt", "sample", "ss"})
  void everyModeIsKnown(String mode) throws IOException {
    Path file = file("[" + RESULT.replace("avgt", mode) + "]");
    assertThat(JmhReader.read(file).get(0).id().mode().label()).isEqualTo(mode);
  }

  @Test
  void aByteOrderMarkAndUnknownFieldsDoNotMatter() throws IOException {
    Path file = file("\uFEFF[" + RESULT.replace("{'bench", "{'later':{'x':[1,{}]},'bench") + "]");
    assertThat(JmhReader.read(file)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|: is empty",
        "'  '|: is empty",
        "[]|: contains no results",
        "{}|:1:1: not a JMH result: it must be an array of results",
        "[1]|:1:2: a result must be an object, not a number",
        "[{'benchmark':'a'}]|:1:18: not a JMH result: it has no \"mode\"",
        "[{'name':'x'}]|:1:13: not a JMH result: it has no \"benchmark\"",
        "[{'benchmark':'a','mode':'avgt'}]|:1:32: not a JMH result: it has no \"primaryMetric\"",
        "[{'benchmark':'a','mode':'fast',"
            + "'primaryMetric':{'scoreUnit':'x'}}]"
            + "|:1:66: unknown mode \"fast\", not thrpt, avgt, sample or ss",
        "[{'primaryMetric':3}]|:1:19: metric primaryMetric must be an object, not a number",
        "[{'primaryMetric':{'score':'high'}}]|:1:28: score must be a number, not \"high\"",
        "[{'primaryMetric':{'score':1}}]|:1:29: metric primaryMetric has no scoreUnit",
        "[{'primaryMetric':{'rawData':[3]}}]"
            + "|:1:31: a fork in rawData must be an array, not a number",
        "[{'primaryMetric':{'rawData':[[true]]}}]"
            + "|:1:32: a score in rawData must be a number, not a boolean",
        "[{'primaryMetric':{'rawDataHistogram':[[[[1]]]]}}]"
            + "|:1:44: rawDataHistogram must consist of pairs of a value and its count",
        "[{'mode':{}}]|:1:10: mode must be a string, not an object",
        "[{'threads':'many',"
            + "'benchmark':'a','mode':'ss','primaryMetric':{'scoreUnit':'x'}}]"
            + "|:1:81: threads must be a whole number, not \"many\"",
      })
  void whatIsNoResultIsRefusedInOneLine(String content, String complaint) throws IOException {
    Path file = file(content);
    assertThatExceptionOfType(JmhFormatException.class)
        .isThrownBy(() -> JmhReader.read(file))
        .withMessage(file + complaint);
  }

  @Test
  void twoFilesInOneAreRefused() throws IOException {
    Path file = file("[" + RESULT + "][" + RESULT + "]");
    assertThatExceptionOfType(JmhFormatException.class)
        .isThrownBy(() -> JmhReader.read(file))
        .withMessageContaining("text follows the results");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{'a':1 2}]", "# Run complete", "[{'a':tru}]", "<html>"})
  void whatIsNoJsonIsRefusedWithItsPlaceInOneLine(String content) throws IOException {
    Path file = file(content);
    assertThatExceptionOfType(JmhFormatException.class)
        .isThrownBy(() -> JmhReader.read(file))
        .satisfies(e -> {
          assertThat(e.getMessage()).startsWith(file + ":1:").contains("is not valid JSON: ");
          assertThat(e.getMessage()).doesNotContain("\n");
        });
  }

  /** Wherever the text ends, it is refused with file and place, and nothing else happens. */
  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    String whole = Files.readString(resource("new-modes.json")).strip();
    for (int end = 1; end < whole.length(); end++) {
      Path file = Files.writeString(folder.resolve("cut.json"), whole.substring(0, end));
      assertThatExceptionOfType(JmhFormatException.class)
          .as("cut after %s characters", end)
          .isThrownBy(() -> JmhReader.read(file))
          .satisfies(e ->
              assertThat(e.getMessage())
                  .matches("\\Q" + file + "\\E:\\d+:\\d+: ends in the middle; is it truncated\\?"));
    }
  }

  @Test
  void aFileThatIsGzippedIsToldSo() throws IOException {
    Path file = folder.resolve("result.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(("[" + RESULT + "]").getBytes(StandardCharsets.UTF_8));
    }
    assertThatExceptionOfType(JmhFormatException.class)
        .isThrownBy(() -> JmhReader.read(file))
        .withMessageEndingWith(": is compressed with gzip; decompress it first");
  }

  /** A pipe can be read but once, and what is wrong with it shows at the second reading only. */
  @Test
  @Timeout(60)
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsReadAsAFileIs() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String dotted = "[" + RESULT.replace("a.B.c", "a.B.\u00FC") + "]";
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Path> latin = writer.submit(() -> write(pipe, dotted, StandardCharsets.ISO_8859_1));
      assertThat(JmhReader.read(pipe).get(0).id().benchmark()).isEqualTo("a.B.\uFFFD");
      latin.get();
      Future<Path> cut =
          writer.submit(() -> write(pipe, dotted.substring(0, 40), StandardCharsets.UTF_8));
      assertThatExceptionOfType(JmhFormatException.class)
          .isThrownBy(() -> JmhReader.read(pipe))
          .withMessage(pipe + ":1:41: ends in the middle; is it truncated?");
      cut.get();
    } finally {
      writer.shutdownNow();
    }
  }

  private static Path write(Path pipe, String content, Charset charset) throws IOException {
    return Files.writeString(pipe, content.replace('\'', '"'), charset, StandardOpenOption.WRITE);
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.json");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> JmhReader.read(file))
        .withMessage(file + ": no such file");
  }

  private Path file(String content) throws IOException {
    return file(content, StandardCharsets.UTF_8);
  }

  private Path file(String content, Charset charset) throws IOException {
    return Files.writeString(folder.resolve("file.json"), content.replace('\'', '"'), charset);
  }

  private Path resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(JmhReaderTest.class.getResourceAsStream(name), name)) {
      Path file = folder.resolve(name);
      Files.write(file, in.readAllBytes());
      return file;
    }
  }

  private static Map<String, JmhMetric> metrics(Path file, int result) throws IOException {
    return JmhReader.read(file).get(result).metrics().stream()
        .collect(Collectors.toMap(JmhMetric::name, metric -> metric));
  }

  /** A file with one result that has these secondary metrics. */
  private Path result(String secondaryMetrics) throws IOException {
    String json =
        "[{'benchmark':'a.B.c','mode':'avgt',"
            + PRIMARY
            + ",'secondaryMetrics':{"
            + secondaryMetrics
            + "}}]";
    return Files.writeString(folder.resolve("result.json"), json.replace('\'', '"'));
  }
}
