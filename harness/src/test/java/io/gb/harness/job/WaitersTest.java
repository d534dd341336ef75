package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
   * The first in line is interrupted when it has looked in vain, and told to look again by whoever
   * publishes something at that moment. It must look, or pass that on: nobody else was told.
   */
  @ParameterizedTest
  @EnumSource
  void waiterThatIsInterruptedDoesNotSwallowAWakeUp(ThreadKind kind) throws Exception {
    AboutToPark stage = new AboutToPark(kind);
    assertThat(Call.start(kind, stage::awaitAndPassOn).result()).isTrue();
    assertThat(stage.second().result()).isTrue();
  }

  /** A first waiter that is interrupted and told between its last look and parking. */
  private static final class AboutToPark {

    private final ThreadKind kind;
    private final Waiters waiters = new Waiters(this::look);
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean published;
    private volatile @Nullable Call<Boolean> second;

    AboutToPark(ThreadKind kind) {
      this.kind = kind;
    }

    Call<Boolean> second() {
      return Objects.requireNonNull(second);
    }

    boolean awaitAndPassOn() throws InterruptedException {
      waiters.await();
      waiters.wakeOneIfReady();
      return published;
    }

    private boolean look() {
      boolean ready = published;
      if (looks.incrementAndGet() == Waiters.LOOKS + 1) {
        try {
          second = Call.startAndAwaitWaiting(kind, this::awaitAndPassOn);
        } catch (TimeoutException e) {
          throw new AssertionError(e);
        }
        Thread.currentThread().interrupt();
        published = true;
        waiters.wakeOne();
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
