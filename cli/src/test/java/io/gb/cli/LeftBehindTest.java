package io.gb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once the command has returned, none of the platform threads it started is alive. The JDK's own
 * workers, which serve every virtual thread and stay, are started before.
 */
@Timeout(120)
class LeftBehindTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static Stream<List<String>> commands() {
    String refused = "http://127.0.0.1:1/";
    return Stream.of(
        List.of("-n", "500", "-c", "20", "-k"),
        List.of("-n", "500", "-c", "20", "--engine", "client"),
        List.of("-n", "500", "-c", "20", refused),
        List.of("-n", "500", "-t", "0.1"),
        List.of("-n", "5", "http://no-such-host.invalid/"),
        List.of("-H", "no colon"),
        List.of("-h"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noThreadIsLeft(List<String> args) throws InterruptedException {
    String[] command = args.toArray(String[]::new);
    Gb.run("-n", "50", "-c", "20");
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Gb.run(command);
    Gb.runOnTerminal(command);
    assertThat(leftSince(before, PATIENCE)).isEmpty();
  }

  @Test
  void aThreadThatIsLeftIsFound() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch end = new CountDownLatch(1);
    Thread planted =
        Thread.ofPlatform()
            .name("planted")
            .start(() -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(leftSince(before, Duration.ZERO)).contains(planted);
    end.countDown();
    planted.join();
    assertThat(leftSince(before, PATIENCE)).doesNotContain(planted);
  }

  private static List<Thread> leftSince(Set<Thread> before, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Thread> left = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && !isOfTheJdk(thread)) {
        long nanos = Math.max(1, deadline - System.nanoTime());
        if (!thread.join(Duration.ofNanos(nanos))) {
          left.add(thread);
        }
      }
    }
    return left;
  }

  /** Carriers of virtual threads and the like come and go as the JDK sees fit. */
  private static boolean isOfTheJdk(Thread thread) {
    return thread.getName().startsWith("ForkJoinPool-")
        || thread.getName().startsWith("VirtualThread-")
        || thread.getName().endsWith("-Poller")
        || thread.getName().startsWith("Common-Cleaner");
  }
}
