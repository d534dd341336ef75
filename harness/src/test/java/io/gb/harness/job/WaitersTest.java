package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class WaitersTest {

  private final AtomicInteger permits = new AtomicInteger();
  private final Waiters waiters = new Waiters(() -> permits.get() > 0);

  @Test
  void whoeverFindsItReadyDoesNotWait() throws InterruptedException {
    permits.set(1);
    waiters.await();
    waiters.wakeOne();
    waiters.wakeAll();
    waiters.await();
  }

  @ParameterizedTest
  @EnumSource
  void wakeUpForNothingEndsNoWait(ThreadKind kind) throws Exception {
    Call<Boolean> waiter = Call.startAndAwaitWaiting(kind, this::acquire);
    for (int i = 0; i < 1_000; i++) {
      waiters.wakeOne();
      waiters.wakeOneIfReady();
      waiters.wakeAll();
    }
    waiter.awaitWaiting();
    permits.incrementAndGet();
    waiters.wakeOneIfReady();
    assertThat(waiter.result()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void eachPermitLetsOneWaiterPass(ThreadKind kind) throws Exception {
    List<Call<Boolean>> calls = startAndAwaitWaiting(kind, 50);
    for (int i = 0; i < calls.size(); i++) {
      permits.incrementAndGet();
      waiters.wakeOne();
    }
    for (Call<Boolean> call : calls) {
      assertThat(call.result()).isTrue();
    }
    assertThat(permits).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void wakeAllLetsEveryWaiterPass(ThreadKind kind) throws Exception {
    List<Call<Boolean>> calls = startAndAwaitWaiting(kind, 50);
    permits.set(calls.size());
    waiters.wakeAll();
    for (Call<Boolean> call : calls) {
      assertThat(call.result()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptEndsOneWaitOnly(ThreadKind kind) throws Exception {
    Call<Boolean> first = Call.startAndAwaitWaiting(kind, this::acquire);
    Call<Boolean> second = Call.startAndAwaitWaiting(kind, this::acquire);
    first.interrupt();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(first::result)
        .withCauseInstanceOf(InterruptedException.class);
    permits.incrementAndGet();
    waiters.wakeOne();
    assertThat(second.result()).isTrue();
  }

  /**
   * One waiter is leaving: it has noticed its interrupt and wants the lock. Another has the lock
   * and is about to park, having looked in vain. Whoever publishes something now must not take the
   * first for one that is being woken and will look again.
   */
  @ParameterizedTest
  @EnumSource
  void waiterThatIsLeavingDoesNotSwallowAWakeUp(ThreadKind kind) throws Exception {
    AboutToPark stage = new AboutToPark();
    Call<Boolean> leaving = Call.startAndAwaitWaiting(kind, stage::await);
    stage.beforeParking =
        () -> {
          leaving.interruptAndAwaitWaiting();
          stage.waiters.wakeOne();
          Call.start(kind, stage::publish).awaitWaitingOrDone();
        };
    Call<Boolean> parking = Call.start(kind, stage::await);
    assertThat(parking.result()).isTrue();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(leaving::result)
        .withCauseInstanceOf(InterruptedException.class);
  }

  /** Waiters that do something after the look that sends them to park, still holding the lock. */
  private static final class AboutToPark {

    interface Action {
      void run() throws TimeoutException;
    }

    final Waiters waiters = new Waiters(this::look);
    final ThreadLocal<Integer> looks = ThreadLocal.withInitial(() -> 0);
    volatile boolean published;
    volatile Action beforeParking = () -> {};

    boolean await() throws InterruptedException {
      waiters.await();
      return published;
    }

    boolean publish() {
      published = true;
      waiters.wakeOne();
      return true;
    }

    private boolean look() {
      boolean ready = published;
      looks.set(looks.get() + 1);
      if (looks.get() == Waiters.LOOKS + 1) {
        try {
          beforeParking.run();
        } catch (TimeoutException e) {
          throw new AssertionError(e);
        }
      }
      return ready;
    }
  }

  private boolean acquire() throws InterruptedException {
    while (true) {
      int before = permits.get();
      if (before > 0 && permits.compareAndSet(before, before - 1)) {
        waiters.wakeOneIfReady();
        return true;
      }
      waiters.await();
    }
  }

  private List<Call<Boolean>> startAndAwaitWaiting(ThreadKind kind, int count)
      throws TimeoutException {
    List<Call<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(Call.start(kind, this::acquire));
    }
    for (Call<Boolean> call : calls) {
      call.awaitWaiting();
    }
    return calls;
  }
}
