package io.gb.leaks.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which threads have rested while a dump was taken. */
@Timeout(60)
class BarrierDumpTest {

  @TempDir private Path folder;

  @Test
  void whatHasChangedOrComeOrGoneHasNotRested() {
    Map<Long, String> before = Map.of(1L, "1 waits", 2L, "1 waits", 3L, "1 waits");
    Map<Long, String> after = Map.of(1L, "1 waits", 2L, "2 waits", 4L, "1 waits");

    assertThat(new BarrierDump("", before, after).resting()).containsExactly(1L);
    assertThat(new BarrierDump("no barrier", before, after).resting()).isEmpty();
  }

  @Test
  void aThreadThatWaitsHasRestedAndOneThatSpinsHasNot() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean stop = new AtomicBoolean();
    Thread waiter = Threads.startWaiting("waiter", false, end::await);
    Thread spinner =
        Threads.start(
            "spinner",
            false,
            () -> {
              while (!stop.get()) {
                Thread.onSpinWait();
              }
            });
    try {
      Path file = folder.resolve("heap.hprof");
      BarrierDump taken = BarrierDump.take(file, true, false);

      assertThat(taken.missing()).isEmpty();
      assertThat(taken.resting())
          .contains(waiter.threadId(), Thread.currentThread().threadId())
          .doesNotContain(spinner.threadId());
      assertThat(Files.size(file)).isPositive();
    } finally {
      stop.set(true);
      end.countDown();
      waiter.join();
      spinner.join();
    }
  }
}
