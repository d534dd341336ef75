package io.gb.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.Gb;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.ExitCode;
import io.gb.demo.Variant;
import io.gb.leaks.junit.NoThreadLeaks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code gb demo} shows what a run has left behind, and fails if that is not what it expects. */
@Timeout(120)
@NoThreadLeaks
class DemoTest {

  /** Sends fewer requests than usual: what a run leaves behind does not depend on their number. */
  @Test
  void theStoryNamesTheThreadsTheProofAndTheFixWhichLeavesTheHeapAsItWas() {
    Gb gb = Gb.run("demo", "-c", "100", "-n", "5000");
    assertThat(gb.err()).isEmpty();
    assertThat(gb.out())
        .contains(
            "1. The run has ended after ",
            "2. The heap does not say why.",
            "100 × gb-worker-* virtual WAITING at Waiters.park ← Waiters.await ← JobQueue.take",
            "3. Can anything ever wake them? No:",
            "100 threads can never run again and hold ",
            "4. The fix: jobs.close() after the last job.");
    assertThat(gb.out())
        .containsPattern("threads left +100 +0\n")
        .containsPattern("proven never to run +100 +0\n")
        .containsPattern("connections left +100 +0\n");
    assertThat(megabytes(gb.out(), "live heap added").getLast()).isLessThan(0.2);
    assertThat(megabytes(gb.out(), "held by leaked threads").getFirst()).isGreaterThan(40 * 0.2);
    assertThat(megabytes(gb.out(), "held by leaked threads").getLast()).isZero();
    assertThat(gb.code()).isZero();
  }

  /** The figures of a row of the table: those of the leak and of its fix. */
  private static List<Double> megabytes(String story, String row) {
    return Pattern.compile(row + " +(-?[0-9.]+) MB +(-?[0-9.]+) MB")
        .matcher(story)
        .results()
        .flatMap(found -> Stream.of(found.group(1), found.group(2)))
        .map(Double::valueOf)
        .toList();
  }

  @Test
  void theFiguresComeAsJsonForAnyFixAndATerminalShowsTheProgress() {
    Gb gb =
        Gb.runOnTerminal(
            "demo",
            "-c",
            "3",
            "-n",
            "100",
            "--variant",
            "closed-connections",
            "--threads",
            "platform",
            "--json");
    assertThat(gb.err())
        .contains("\rgb: idle-connections: ", "\rgb: closed-connections: ", " of 100 requests")
        .endsWith("\r" + " ".repeat(79) + "\r");
    assertThat(gb.out())
        .startsWith(
            "{\"concurrency\":3,\"requests\":100,\"threads\":\"platform\",\"variants\":"
                + "[{\"variant\":\"idle-connections\",")
        .contains("{\"variant\":\"closed-connections\",", "\"liveHeapBytes\":");
    assertThat(numbers(gb.out(), "threadsLeft")).containsExactly(1, 0);
    assertThat(numbers(gb.out(), "threadsProven")).containsExactly(0, 0);
    assertThat(numbers(gb.out(), "connectionsLeft")).containsExactly(3, 0);
    assertThat(gb.code()).isZero();
  }

  private static List<Integer> numbers(String json, String name) {
    return Pattern.compile("\"" + name + "\":(-?[0-9]+)")
        .matcher(json)
        .results()
        .map(number -> Integer.valueOf(number.group(1)))
        .toList();
  }

  static Stream<Arguments> failures() {
    DemoResult caught = result(Variant.UNCLOSED, 3, 3, 3);
    DemoResult clean = result(Variant.CLOSE, 0, 0, 0);
    return Stream.of(
        Arguments.of(result(Variant.UNCLOSED, 3, 2, 3), clean, "unclosed: not the leak that was"),
        Arguments.of(result(Variant.UNCLOSED, 0, 0, 0), clean, "unclosed: not the leak that was"),
        Arguments.of(result(Variant.UNCLOSED, 4, 3, 3), clean, "unclosed: not the leak that was"),
        Arguments.of(result(Variant.UNCLOSED, 3, 3, 2), clean, "unclosed: not the leak that was"),
        Arguments.of(caught, grown(), "close: has left something"),
        Arguments.of(
            result(Variant.IDLE_CONNECTIONS, 1, 0, 2), clean, "idle-connections: not the leak"),
        Arguments.of(
            result(Variant.IDLE_CONNECTIONS, 0, 0, 3), clean, "idle-connections: not the leak"),
        Arguments.of(caught, result(Variant.CLOSE, 1, 0, 0), "close: has left something"),
        Arguments.of(caught, result(Variant.CLOSE, 1, 1, 0), "close: has left something"),
        Arguments.of(caught, result(Variant.CLOSE, 0, 0, 1), "close: has left something"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aLeakThatIsNotCaughtOrAFixThatLeaksIsAFailure(
      DemoResult leaky, DemoResult fixed, String message) {
    assertThatThrownBy(() -> DemoCommand.refuse(leaky, fixed, 3))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageStartingWith(message);
  }

  @Test
  void aLeakThatIsCaughtAndAFixThatIsClearedAreNone() {
    DemoCommand.refuse(result(Variant.UNCLOSED, 3, 3, 3), result(Variant.CLOSE, 0, 0, 0), 3);
    DemoCommand.refuse(
        result(Variant.IDLE_CONNECTIONS, 1, 0, 3), result(Variant.CLOSED_CONNECTIONS, 0, 0, 0), 3);
  }

  private static DemoResult result(Variant variant, int left, int proven, long connections) {
    return new DemoResult(variant, 1, 1, 1, left, proven, 1, connections, "", "", "");
  }

  private static DemoResult grown() {
    return new DemoResult(Variant.CLOSE, 1, 1_000_000, 1_200_001, 0, 0, 0, 0, "", "", "");
  }

  @Test
  void aRunThatFailsIsReportedAndLeavesNoJvmBehind() throws Exception {
    Path folder = Files.createTempDirectory("gb-demo-test");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DemoProcess.class.getName(),
                "UNCLOSED",
                "PLATFORM",
                "3",
                "10",
                "http://127.0.0.1:1/10k.dat",
                folder.resolve("result").toString())
            .start();
    assertThat(child.errorReader().lines())
        .anyMatch(line -> line.startsWith("gb: java.io.IOException: a request failed: "));
    assertThat(child.waitFor()).isEqualTo(1);
    Files.delete(folder);
  }
}
