package io.gb.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that fails ends, and says so. */
@Timeout(120)
class WorkerRunTest {

  @ParameterizedTest
  @EnumSource(Variant.class)
  void aFailedRequestEndsTheRunAndIsTold(Variant variant) {
    AtomicInteger sent = new AtomicInteger();
    Sender failing =
        new Sender() {
          @Override
          public void send(Runnable meanwhile) throws IOException {
            meanwhile.run();
            if (sent.incrementAndGet() == 3) {
              throw new IOException("no answer");
            }
            // All at once would be sent before the other worker can tell of its failure.
            LockSupport.parkNanos(100_000);
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new WorkerRun(variant, ThreadKind.VIRTUAL, 2, 100_000, failing).run())
        .hasMessage("a request failed: no answer");
    assertThat(sent.get()).isLessThan(100_000);
  }

  @Test
  void aWorkerThatBreaksDownEndsTheRunToo() {
    Sender broken =
        new Sender() {
          @Override
          public void send(Runnable meanwhile) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> new WorkerRun(Variant.CLOSE, ThreadKind.PLATFORM, 2, 10, broken).run())
        .hasMessage("a request failed: broken");
  }
}
