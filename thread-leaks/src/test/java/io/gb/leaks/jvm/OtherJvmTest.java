package io.gb.leaks.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Proofs of another JVM. */
@Timeout(120)
class OtherJvmTest {

  @TempDir private Path folder;

  private static Process startLeaking() throws Exception {
    // Its main method spins, and may get compiled.
    Process process =
        OtherProgram.java(OtherProgram.class, List.of("-XX:-EliminateAllocations")).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static List<String> proven(LeakReport report) {
    return report.proven().stream().map(ThreadFinding::name).sorted().toList();
  }

  @Test
  void leaksOfAnotherJvmAreProvenByTwoSamplesAndNothingStays() throws Exception {
    List<Path> folders = new ArrayList<>();
    Path copy = folder.resolve("copy.hprof");
    Process process = startLeaking();
    try {
      LeakReport report =
          ThreadLeaks.prove(
              process.pid(),
              false,
              new DumpListener() {
                @Override
                public void dumping(long heapBytes, Path where, boolean agent) {
                  assertThat(heapBytes).isGreaterThan(100_000);
                  assertThat(agent).isFalse();
                  folders.add(where);
                }

                @Override
                public void dumped(Path dump) throws IOException {
                  Files.copy(dump, copy);
                }
              });

      assertThat(proven(report)).containsExactly("lost-0", "lost-1", "lost-2");
      assertThat(report.samples()).isEqualTo(2);
      assertThat(report.unconfirmed()).isEmpty();
      assertThat(report.leakedBytes()).isPositive();
    } finally {
      end(process);
    }
    assertThat(folders).singleElement().satisfies(path -> assertThat(path).doesNotExist());
    assertThat(ThreadLeaks.prove(copy).with(Verdict.PROBABLY_LEAKED)).hasSize(3);
  }

  @Test
  void aJvmThatEndsBetweenTheSamplesLeavesTheProofOfTheFirst() throws Exception {
    Process process = startLeaking();
    try {
      LeakReport report =
          ThreadLeaks.prove(
              process.pid(),
              false,
              new DumpListener() {
                @Override
                public void dumped(Path dump) {
                  process.destroyForcibly().onExit().join();
                }
              });

      assertThat(proven(report)).hasSize(3);
      assertThat(report.samples()).isEqualTo(1);
      assertThat(report.unconfirmed()).startsWith("pid " + process.pid() + ": cannot attach: ");
    } finally {
      end(process);
    }
  }

  @Test
  void whatIsNoJvmIsToldWithItsProcessId() throws Exception {
    assertThatIOException()
        .isThrownBy(() -> ThreadLeaks.prove(999_999_999))
        .withMessage("pid 999999999: no such process");
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      assertThatIOException()
          .isThrownBy(() -> ThreadLeaks.prove(sleep.pid()))
          .withMessageStartingWith("pid " + sleep.pid() + ": ");
      assertThat(sleep.isAlive()).isTrue();
    } finally {
      end(sleep);
    }
  }

  /** The JVM in question is stopped, so that the proof waits for its answer. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aSignalEndsTheProcessesAndDeletesTheFolder() throws Exception {
    Process stopped = startLeaking();
    signal("STOP", stopped);
    Process proving =
        OtherProgram.java(
                OtherProgram.class, List.of("-Djava.io.tmpdir=" + folder), "" + stopped.pid())
            .start();
    try {
      while (proving.children().findAny().isEmpty()) {
        Thread.onSpinWait();
      }
      ProcessHandle jcmd = proving.children().findAny().orElseThrow();
      assertThat(files()).hasSize(1);
      signal("TERM", proving);

      assertThat(proving.waitFor()).isEqualTo(143);
      jcmd.onExit().join();
      assertThat(files()).isEmpty();
    } finally {
      end(proving);
      end(stopped);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("gb-leaks")).toList();
    }
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }
}
