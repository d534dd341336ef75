package io.gb.leaks.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import io.gb.leaks.report.LeakText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has been under load, without any flag at its start. */
@Timeout(120)
class WarmServerTest {

  private static final int CLIENTS = 4;
  private static final int REQUESTS = 20_000;
  private static final int LEAKS = 3;

  @TempDir private Path folder;

  private static void load(int port) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all =
          IntStream.range(0, CLIENTS)
              .<Future<?>>mapToObj(i ->
                  clients.submit(() -> {
                    WarmServer.request(port, "/x", REQUESTS / CLIENTS);
                    return null;
                  }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
    WarmServer.request(port, "/leak", LEAKS);
    WarmServer.request(port, "/hold", LEAKS);
  }

  /** The verdicts on threads whose names begin so; there must be as many as were planted. */
  private static Set<Verdict> verdicts(LeakReport report, String name) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    report.threads().stream()
        .filter(thread -> thread.name().startsWith(name))
        .forEach(thread -> verdicts.put(thread.name(), thread.verdict()));
    assertThat(verdicts).as(name).hasSize(LEAKS);
    return Set.copyOf(verdicts.values());
  }

  @Test
  void eachLeakOfAWarmServerIsProvenBehindTheBarrierAndProbableWithoutIt() throws Exception {
    Path dump = folder.resolve("first.hprof");
    Process server =
        OtherProgram.java(WarmServer.class, List.of("-XX:+UseSerialGC"), "pool")
            .redirectError(ProcessBuilder.Redirect.DISCARD) // The JVM warns of agents.
            .start();
    try {
      load(Integer.parseInt(server.inputReader().readLine()));

      LeakReport report =
          ThreadLeaks.prove(
              server.pid(),
              true,
              new DumpListener() {
                @Override
                public void dumped(Path first) throws IOException {
                  Files.copy(first, dump);
                }
              });
      String text = LeakText.of(report, 0);
      assertThat(verdicts(report, "leaked-pool")).as(text).containsExactly(Verdict.LEAKED);
      assertThat(verdicts(report, "leaked-virtual")).as(text).containsExactly(Verdict.LEAKED);
      assertThat(verdicts(report, "held-pool")).as(text).containsExactly(Verdict.LIVE);
      assertThat(report.proven()).as(text).hasSize(2 * LEAKS);

      LeakReport unasked = ThreadLeaks.prove(server.pid());
      assertThat(unasked.threads())
          .as("the thread of the agent has ended")
          .extracting(ThreadFinding::name)
          .doesNotContain("gb-heap-dump");
      for (LeakReport open : List.of(unasked, ThreadLeaks.prove(dump))) {
        assertThat(verdicts(open, "leaked-pool")).containsExactly(Verdict.PROBABLY_LEAKED);
        assertThat(verdicts(open, "leaked-virtual")).containsExactly(Verdict.PROBABLY_LEAKED);
        assertThat(verdicts(open, "held-pool")).containsExactly(Verdict.LIVE);
        assertThat(open.proven()).isEmpty();
      }
    } finally {
      server.destroyForcibly().waitFor();
    }
  }
}
