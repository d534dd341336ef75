package io.gb.cli.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.Gb;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code gb leaks} on other JVMs and on what is none. */
@Timeout(120)
@NoThreadLeaks
class LeaksTest {

  private static final String LEAKING =
      """
      import java.util.concurrent.*;
      class Leaking {
        public static void main(String[] args) throws Exception {
          for (int i = 0; i < 3; i++) {
            var queue = new LinkedBlockingQueue<String>();
            var thread = new Thread(() -> {
              try {
                queue.take();
              } catch (InterruptedException e) {
                return;
              }
            }, "lost-" + i);
            thread.start();
            while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
          }
          System.out.println("ready");
          System.in.read();
        }
      }
      """;

  @TempDir private Path folder;

  private Process start(String... before) throws IOException {
    Path source = Files.writeString(folder.resolve("Leaking.java"), LEAKING);
    List<String> line = new ArrayList<>(List.of(before));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (before.length > 0) {
      line.add("-Xrs"); // Otherwise the JVM catches it all the same.
    }
    line.add("-XX:-EliminateAllocations"); // Its main method spins, and may get compiled.
    line.add(source.toString());
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leakedThreadsOfAnotherJvmAreFoundAndTheDumpCanBeKept() throws Exception {
    Path dump = folder.resolve("kept.hprof");
    Process process = start();
    try {
      Gb gb = Gb.run("leaks", "--keep", dump.toString(), "" + process.pid());
      assertThat(gb.err())
          .contains("gb: dumping the heap of " + process.pid(), "kept in " + dump)
          .as("nothing is optimized away, so no agent is needed")
          .doesNotContain("agent");
      assertThat(gb.out())
          .contains("Live heap: ", "3 × lost-* WAITING at ", "This holds for two samples");
      assertThat(gb.code()).isEqualTo(4);
      assertThat(Files.getPosixFilePermissions(dump))
          .as("a dump holds secrets")
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertOneLine(
          "gb: --keep " + dump + ": exists already",
          "leaks",
          "--keep",
          dump.toString(),
          "" + process.pid());
      String nowhere = folder.resolve("no/dump.hprof").toString();
      assertOneLine(
          "gb: --keep " + nowhere + ": no such folder",
          "leaks",
          "--keep",
          nowhere,
          "" + process.pid());
    } finally {
      end(process);
    }

    // A file does not say which of its frames are compiled.
    Gb gb = Gb.run("leaks", "--json", dump.toString());
    assertThat(gb.out()).contains("\"name\": \"lost-2\"", "\"verdict\": \"PROBABLY_LEAKED\"");
    assertThat(gb.err()).isEmpty();
    assertThat(gb.code()).isEqualTo(5);
    assertThat(Gb.run("leaks", dump.toString()).out())
        .contains("3 threads are probably leaked and hold ", "because nothing that the dump shows");
    assertThat(Gb.run("leaks", "--explain", "lost-1", dump.toString()).out())
        .startsWith("lost-1 #")
        .contains("PROBABLY_LEAKED: nothing that the dump shows can wake it, but the compiled code")
        .contains("LinkedBlockingQueue.take", "a dump alone does not say what is compiled");
    Gb some = Gb.run("leaks", "--ignore", "lost-[01]", dump.toString());
    assertThat(some.out()).contains("1 thread is probably leaked").doesNotContain("lost-0");
    assertThat(some.code()).isEqualTo(5);
    Gb none = Gb.run("leaks", "--ignore", "lost-0", "--by-design", "lost-.*", dump.toString());
    assertThat(none.out()).contains("BY_DESIGN 2 × lost-* WAITING");
    assertThat(none.code()).isZero();
    assertThat(Gb.run("leaks", "--explain", "x", dump.toString()).errLines())
        .containsExactly("gb: --explain x: no thread has that name");

    Path half = folder.resolve("half.hprof");
    byte[] bytes = Files.readAllBytes(dump);
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    assertOneLine("gb: " + half + ": is truncated", "leaks", half.toString());
  }

  @Test
  void aJvmThatEndsBeforeTheSecondDumpLeavesTheReportOfTheFirst() throws Exception {
    Path dump = folder.resolve("first-of-one.hprof");
    Process process = start();
    Thread killer =
        Thread.ofPlatform()
            .start(() -> {
              while (process.isAlive() && !Files.exists(dump)) {
                LockSupport.parkNanos(1_000_000);
              }
              process.destroyForcibly();
            });
    try {
      Gb gb = Gb.run("leaks", "--keep", dump.toString(), "" + process.pid());
      assertThat(gb.errLines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("gb: no second dump to confirm with: pid " + process.pid() + ": ");
      assertThat(gb.out())
          .contains("3 × lost-* WAITING at ", "This holds for one sample, not confirmed");
      assertThat(gb.code()).isEqualTo(4);
    } finally {
      end(process);
      killer.join();
    }
  }

  @Test
  void aJvmThatIgnoresSigquitIsToldAtOnce() throws Exception {
    Process process = start("sh", "-c", "trap '' QUIT; exec \"$@\"", "sh");
    try {
      assertOneLine("gb: pid " + process.pid() + ": ignores SIGQUIT", "leaks", "" + process.pid());
    } finally {
      end(process);
    }
  }

  @Test
  void whatIsNoJvmAndNoDumpIsToldInOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text.hprof"), "no dump\n".repeat(20));
    assertOneLine("gb: " + text + ": is no heap dump", "leaks", text.toString());
    assertOneLine("gb: none.hprof: no such file", "leaks", "none.hprof");
    assertOneLine("gb: pid 999999999: no such process", "leaks", "999999999");
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      assertOneLine("gb: pid " + sleep.pid() + ": ", "leaks", "" + sleep.pid());
    } finally {
      end(sleep);
    }
  }

  @Test
  void wrongUsageIs22() {
    assertThat(Gb.run("leaks").code()).isEqualTo(22);
    assertThat(Gb.run("leaks", "--top", "-1", "1").code()).isEqualTo(22);
    assertThat(Gb.run("leaks", "--keep", "x.hprof", "file.hprof").code()).isEqualTo(22);
    assertThat(Gb.run("leaks", "--ignore", "(", "1").errLines())
        .containsExactly("gb: --ignore (: no regular expression: Unclosed group");
  }

  private static void assertOneLine(String start, String... args) {
    Gb gb = Gb.run(args);
    assertThat(gb.errLines()).singleElement().asString().startsWith(start);
    assertThat(gb.out()).isEmpty();
    assertThat(gb.code()).isEqualTo(1);
  }
}
