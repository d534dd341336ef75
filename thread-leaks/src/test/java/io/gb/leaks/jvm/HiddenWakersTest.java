package io.gb.leaks.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compiled code hides from a heap dump is never taken for gone. */
@Timeout(120)
class HiddenWakersTest {

  private static final String PROGRAM = HiddenWakers.class.getName();

  /** The program goes on when the method that hides something has been compiled. */
  private static final String AT_ONCE =
      "-XX:CompileCommand=BackgroundCompilation," + PROGRAM + "::offerAfter*,false";

  private static final List<String> FIRST_TIER = List.of(AT_ONCE, "-XX:TieredStopAtLevel=1");

  private static final List<String> TAKEN_APART =
      List.of(AT_ONCE, "-XX:CompileCommand=dontinline," + PROGRAM + "::pause");

  /** All that is compiled: frames of who asks for the proof would be a doubt of their own. */
  private static final List<String> IDLE_POOL =
      Stream.of(
              "io.gb.leaks.proof.*",
              "io.gb.leaks.dump.AddressSet",
              "io.gb.leaks.dump.DumpFile",
              "io.gb.leaks.dump.DumpScanner",
              "io.gb.leaks.dump.HeapDump",
              "io.gb.leaks.dump.Layout",
              "io.gb.leaks.dump.LongLongMap",
              "io.gb.leaks.dump.ObjectIndex",
              "io.gb.leaks.dump.Positions",
              "java.nio.*",
              "java.util.concurrent.*",
              "java.util.concurrent.locks.*")
          .map(name -> "-XX:CompileCommand=compileonly," + name + "::*")
          .toList();

  private static List<String> run(String play, List<String> flags, String... more)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("-XX:CompileCommand=quiet"));
    options.addAll(flags);
    options.addAll(List.of(more));
    Process process = OtherProgram.java(HiddenWakers.class, options, play).start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } finally {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "G1", "Z"})
  void theBarrierPutsBackWhatAPlatformThreadHasTakenApart(String collector) throws Exception {
    assertThat(run("taken-apart", TAKEN_APART, "-XX:+Use" + collector + "GC"))
        .containsExactly(
            "dump alone: PROBABLY_LEAKED",
            "LIVE: something that can run reaches it",
            "woken: true");
  }

  /** The barrier passes over virtual threads. */
  @Test
  void anObjectThatAVirtualThreadHasTakenApartLeavesTheVerdictOpen() throws Exception {
    List<String> out = run("taken-apart-virtual", TAKEN_APART);

    assertThat(out.get(0)).isEqualTo("dump alone: PROBABLY_LEAKED");
    assertThat(out.get(1))
        .startsWith(
            "PROBABLY_LEAKED: nothing that the dump shows can wake it, but the compiled code of "
                + PROGRAM
                + ".offerAfterPause(")
        .endsWith(
            "on the stack of \"waker\" may hold references that no dump shows;"
                + " -XX:-EliminateAllocations rules that out for threads that wait");
    assertThat(out).anyMatch(line -> line.startsWith("A7: ")).endsWith("woken: true");
  }

  @Test
  void theVerdictOnAnotherJvmStaysOpenUntilAnAgentRaisesTheBarrier() throws Exception {
    List<String> options = new ArrayList<>(List.of("-XX:CompileCommand=quiet"));
    options.addAll(TAKEN_APART);
    Process process =
        OtherProgram.java(HiddenWakers.class, options, "taken-apart", "remote")
            .redirectError(ProcessBuilder.Redirect.DISCARD) // The JVM warns of agents.
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("ready");
      ThreadFinding open = HiddenWakers.taker(ThreadLeaks.prove(process.pid()));
      assertThat(open.verdict()).isEqualTo(Verdict.PROBABLY_LEAKED);
      assertThat(open.reason()).endsWith("there was no escape barrier: no agent was to be loaded");

      ThreadFinding shown =
          HiddenWakers.taker(ThreadLeaks.prove(process.pid(), true, new DumpListener() {}));
      assertThat(shown.verdict()).as(shown.reason()).isEqualTo(Verdict.LIVE);

      process.outputWriter().append('\n').flush();
      assertThat(process.inputReader().readLine()).isEqualTo("woken: true");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-XX:-EliminateAllocations", "-XX:-DoEscapeAnalysis", "-XX:TieredStopAtLevel=1"})
  void whereNothingIsTakenApartTheWakerIsFound(String flag) throws Exception {
    assertThat(run("taken-apart", TAKEN_APART, flag))
        .containsExactly(
            "dump alone: LIVE", "LIVE: something that can run reaches it", "woken: true");
  }

  /** The first compiler does this too, and switching the other's tricks off does not help. */
  @Test
  void aReferenceThatWasReadAheadOfALoopLeavesTheVerdictOpen() throws Exception {
    assertThat(run("read-ahead-unasked", FIRST_TIER))
        .as("the hazard is real")
        .containsExactly("dump alone: PROBABLY_LEAKED", "woken: true");

    assertThat(run("read-ahead", FIRST_TIER).get(1))
        .startsWith("PROBABLY_LEAKED: ")
        .contains("the compiled code of " + PROGRAM, "on the stack of \"waker\"");
  }

  @Test
  void whoeverClosesTheCommonPoolRunsItsTasksAndWaitsWithALimit() throws Exception {
    String one = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1";

    assertThat(run("common-pool", List.of(one)))
        .containsExactly("dump alone: TIMED", "TIMED: parks with a limit", "woken: true");
  }

  @Test
  void aThreadThatRunsAfterASampleHasShownItAsLeakedIsNeverProven(@TempDir Path folder)
      throws Exception {
    assertThat(run("woken-between", List.of("-Djava.io.tmpdir=" + folder)))
        .contains("UNKNOWN: it has run since a sample showed it as leaked")
        .endsWith("woken: true");
  }

  @Test
  void anIdlePoolOfCompiledCodeLeavesNoDoubt() throws Exception {
    List<String> out = run("idle-pool", IDLE_POOL, "-Xbatch", "-Xcomp", "-XX:-TieredCompilation");

    assertThat(out.get(1)).startsWith("LEAKED: ");
    assertThat(out)
        .anyMatch(line -> line.startsWith("A1"))
        .noneMatch(line -> line.startsWith("A7"));
    assertThat(out).endsWith("woken: false");
  }
}
