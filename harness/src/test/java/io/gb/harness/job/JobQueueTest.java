package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class JobQueueTest {

  private static final int ROUNDS = 200;

  private final JobQueue<Integer> queue = new JobQueue<>(4);

  @AfterEach
  void releaseWhoeverStillWaits() {
    queue.close();
  }

  @ParameterizedTest
  @EnumSource
  void elementsOfOneProducerComeOutInTheirOrder(ThreadKind kind) throws Exception {
    int count = 20_000;
    Call<Boolean> producer =
        Call.start(
            kind,
            () -> {
              for (int i = 0; i < count; i++) {
                if (!queue.put(i)) {
                  return false;
                }
              }
              return true;
            });
    Call<List<Integer>> consumer =
        Call.start(
            kind,
            () -> {
              List<Integer> taken = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                taken.add(queue.take());
              }
              return taken;
            });
    assertThat(producer.result()).isTrue();
    assertThat(consumer.result()).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void offerFillsTheQueueAndNoMore() {
    assertThat(fill()).isEqualTo(4);
    assertThat(queue.offer(99)).isFalse();
    assertThat(queue.poll()).isEqualTo(0);
    assertThat(queue.offer(4)).isTrue();
    assertThat(queue.offer(99)).isFalse();
    assertThat(drain()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void pollOfAnEmptyQueueReturnsNull() {
    assertThat(queue.poll()).isNull();
    queue.offer(1);
    assertThat(queue.poll()).isEqualTo(1);
    assertThat(queue.poll()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void putWaitsWhileFullAndGoesOnAfterOneTake(ThreadKind kind) throws Exception {
    fill();
    Call<Boolean> put = Call.startAndAwaitWaiting(kind, () -> queue.put(4));
    assertThat(queue.take()).isEqualTo(0);
    assertThat(put.result()).isTrue();
    assertThat(drain()).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @EnumSource
  void takeWaitsWhileEmptyAndGoesOnAfterOnePut(ThreadKind kind) throws Exception {
    Call<@Nullable Integer> take = Call.startAndAwaitWaiting(kind, queue::take);
    assertThat(queue.put(7)).isTrue();
    assertThat(take.result()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void burstOfElementsReachesEveryWaitingTaker(ThreadKind kind) throws Exception {
    for (int round = 0; round < ROUNDS / 2; round++) {
      List<Call<@Nullable Integer>> takes = startAndAwaitWaiting(kind, 4, queue::take);
      for (int i = 0; i < 4; i++) {
        assertThat(queue.offer(i)).isTrue();
      }
      assertThat(results(takes)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void burstOfRoomReachesEveryWaitingPutter(ThreadKind kind) throws Exception {
    for (int round = 0; round < ROUNDS / 2; round++) {
      fill();
      List<Call<Boolean>> puts = startAndAwaitWaiting(kind, 4, () -> queue.put(4));
      for (int i = 0; i < 4; i++) {
        assertThat(queue.poll()).isNotNull();
      }
      assertThat(results(puts)).containsOnly(true);
      assertThat(drain()).containsExactly(4, 4, 4, 4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeWakesEveryWaitingTaker(ThreadKind kind) throws Exception {
    List<Call<@Nullable Integer>> takes = startAndAwaitWaiting(kind, 100, queue::take);
    queue.close();
    assertThat(results(takes)).hasSize(100).containsOnlyNulls();
  }

  @ParameterizedTest
  @EnumSource
  void closeWakesEveryWaitingPutter(ThreadKind kind) throws Exception {
    fill();
    List<Call<Boolean>> puts = startAndAwaitWaiting(kind, 100, () -> queue.put(99));
    queue.close();
    assertThat(results(puts)).hasSize(100).containsOnly(false);
    assertThat(drain()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void nothingIsAcceptedAfterClose() throws InterruptedException {
    queue.close();
    assertThat(queue.offer(1)).isFalse();
    assertThat(queue.put(1)).isFalse();
    assertThat(queue.poll()).isNull();
    assertThat(queue.size()).isZero();
  }

  @Test
  void putIntoAFullClosedQueueDoesNotWait() throws InterruptedException {
    fill();
    queue.close();
    assertThat(queue.put(99)).isFalse();
    assertThat(queue.offer(99)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void takeReturnsNullOnlyOnceClosedAndDrained(ThreadKind kind) throws Exception {
    fill();
    queue.close();
    assertThat(results(start(kind, 6, queue::take)))
        .containsExactlyInAnyOrder(0, 1, 2, 3, null, null);
    assertThat(queue.take()).isNull();
    assertThat(queue.take()).isNull();
    assertThat(queue.poll()).isNull();
  }

  @Test
  void closingAgainChangesNothing() throws InterruptedException {
    assertThat(queue.isClosed()).isFalse();
    queue.offer(1);
    queue.close();
    queue.close();
    assertThat(queue.isClosed()).isTrue();
    assertThat(queue.take()).isEqualTo(1);
    queue.close();
    assertThat(queue.isClosed()).isTrue();
    assertThat(queue.take()).isNull();
  }

  @Test
  void closeDoesNotWaitForAProducerThatStallsHalfway() throws InterruptedException {
    long ticket = queue.drawForPut();
    queue.close();
    assertThat(queue.isClosed()).isTrue();
    queue.fill(ticket, 7);
    assertThat(queue.take()).isEqualTo(7);
    assertThat(queue.take()).isNull();
  }

  /** The elements of a producer that was halfway when the queue was closed. */
  @ParameterizedTest
  @EnumSource
  void everyTakerWaitsForAnElementUnderWayAtCloseAndEndsAfterIt(ThreadKind kind) throws Exception {
    long ticket = queue.drawForPut();
    List<Call<@Nullable Integer>> before = startAndAwaitWaiting(kind, 5, queue::take);
    queue.close();
    List<Call<@Nullable Integer>> after = startAndAwaitWaiting(kind, 5, queue::take);
    for (Call<?> take : before) {
      take.awaitWaiting();
      assertThat(take.isDone()).isFalse();
    }
    queue.fill(ticket, 7);
    before.addAll(after);
    assertThat(results(before)).hasSize(10).containsOnlyOnce(7).containsOnly(7, null);
  }

  @ParameterizedTest
  @EnumSource
  void waitingTakersEndWhenSomeoneElsePollsTheLastElement(ThreadKind kind) throws Exception {
    long first = queue.drawForPut();
    queue.offer(8);
    List<Call<@Nullable Integer>> takes = startAndAwaitWaiting(kind, 5, queue::take);
    queue.close();
    queue.fill(first, 7);
    List<@Nullable Integer> taken = new ArrayList<>(drain());
    taken.addAll(results(takes));
    assertThat(taken).containsOnlyOnce(7).containsOnlyOnce(8).containsOnly(7, 8, null);
  }

  @ParameterizedTest
  @EnumSource
  void elementFilledOutOfTurnIsHandedOutAfterTheOneBeforeIt(ThreadKind kind) throws Exception {
    long first = queue.drawForPut();
    List<Call<@Nullable Integer>> takes = startAndAwaitWaiting(kind, 2, queue::take);
    assertThat(queue.offer(2)).isTrue();
    assertThat(queue.poll()).isNull();
    queue.fill(first, 1);
    assertThat(results(takes)).containsExactlyInAnyOrder(1, 2);
  }

  /** The proof knows how the queue waits: with just the thread one can interrupt it, no more. */
  @Test
  void takerOfAForgottenQueueIsProvenToWaitForAnInterrupt() throws Exception {
    Thread taker = startTakerOfForgottenQueue();
    try {
      assertThat(ThreadLeaks.proveOnly(Set.of(taker.threadId())).threads())
          .singleElement()
          .extracting(ThreadFinding::verdict)
          .isEqualTo(Verdict.LEAKED_UNLESS_INTERRUPTED);
    } finally {
      taker.interrupt();
      taker.join();
    }
  }

  private static Thread startTakerOfForgottenQueue() {
    JobQueue<Integer> forgotten = new JobQueue<>(4);
    Thread taker =
        Thread.ofPlatform()
            .start(() -> {
              try {
                forgotten.take();
              } catch (InterruptedException e) {
                // This is how it ends.
              }
            });
    while (taker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return taker;
  }

  @ParameterizedTest
  @EnumSource
  void interruptedTakeConsumesNothing(ThreadKind kind) throws Exception {
    Call<@Nullable Integer> take = Call.startAndAwaitWaiting(kind, queue::take);
    take.interrupt();
    assertInterrupted(take);
    assertThat(queue.offer(1)).isTrue();
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.take()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void interruptedPutIsNotAccepted(ThreadKind kind) throws Exception {
    fill();
    Call<Boolean> put = Call.startAndAwaitWaiting(kind, () -> queue.put(99));
    put.interrupt();
    assertInterrupted(put);
    assertThat(drain()).containsExactly(0, 1, 2, 3);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void interruptMattersOnlyToWhoeverMustWait() throws InterruptedException {
    Thread.currentThread().interrupt();
    assertThat(queue.put(1)).isTrue();
    assertThat(queue.take()).isEqualTo(1);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(queue::take);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void interruptOfOneTakerLeavesTheWakeUpToTheOther(ThreadKind kind) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Call<@Nullable Integer> first = Call.startAndAwaitWaiting(kind, queue::take);
      Call<@Nullable Integer> second = Call.startAndAwaitWaiting(kind, queue::take);
      Call<Boolean> offer = Call.start(kind, () -> queue.offer(7));
      first.interrupt();
      assertThat(offer.result()).isTrue();
      if (endsInterrupted(first)) {
        assertThat(second.result()).isEqualTo(7);
      } else {
        assertThat(first.result()).isEqualTo(7);
        second.interrupt();
        assertInterrupted(second);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptOfOnePutterLeavesTheWakeUpToTheOther(ThreadKind kind) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      fill();
      Call<Boolean> first = Call.startAndAwaitWaiting(kind, () -> queue.put(10));
      Call<Boolean> second = Call.startAndAwaitWaiting(kind, () -> queue.put(20));
      Call<@Nullable Integer> poll = Call.start(kind, queue::poll);
      first.interrupt();
      assertThat(poll.result()).isEqualTo(0);
      if (endsInterrupted(first)) {
        assertThat(second.result()).isTrue();
        assertThat(drain()).containsExactly(1, 2, 3, 20);
      } else {
        assertThat(first.result()).isTrue();
        second.interrupt();
        assertInterrupted(second);
        assertThat(drain()).containsExactly(1, 2, 3, 10);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 4", "4, 4", "5, 8", "1000, 1024", "1024, 1024", "1025, 2048"})
  void capacityIsRoundedUpToAPowerOfTwo(int asked, int given) {
    JobQueue<Integer> sized = new JobQueue<>(asked);
    for (int i = 0; i < given; i++) {
      assertThat(sized.offer(i)).isTrue();
    }
    assertThat(sized.offer(given)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, (1 << 30) + 1, Integer.MAX_VALUE})
  void capacityOutOfRangeIsRefused(int capacity) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JobQueue<>(capacity))
        .withMessageContaining(Integer.toString(capacity));
  }

  @Test
  @SuppressWarnings("NullAway") // the point of the test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> queue.offer(null));
    assertThatNullPointerException().isThrownBy(() -> queue.put(null));
    assertThat(queue.size()).isZero();
    queue.close();
    assertThatNullPointerException().isThrownBy(() -> queue.offer(null));
    assertThatNullPointerException().isThrownBy(() -> queue.put(null));
  }

  @Test
  void sizeCountsTheElementsInside() {
    assertThat(queue.size()).isZero();
    for (int i = 1; i <= 4; i++) {
      queue.offer(i);
      assertThat(queue.size()).isEqualTo(i);
    }
    queue.offer(99);
    assertThat(queue.size()).isEqualTo(4);
    queue.close();
    for (int i = 3; i >= 0; i--) {
      queue.poll();
      assertThat(queue.size()).isEqualTo(i);
    }
    queue.poll();
    assertThat(queue.size()).isZero();
  }

  /** Offers 0, 1, … until the queue is full, and returns how many it took. */
  private int fill() {
    int count = 0;
    while (queue.offer(count)) {
      count++;
    }
    return count;
  }

  private List<Integer> drain() {
    List<Integer> drained = new ArrayList<>();
    Integer element = queue.poll();
    while (element != null) {
      drained.add(element);
      element = queue.poll();
    }
    return drained;
  }

  private static <T extends @Nullable Object> List<Call<T>> start(
      ThreadKind kind, int count, Callable<T> action) {
    List<Call<T>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(Call.start(kind, action));
    }
    return calls;
  }

  private static <T extends @Nullable Object> List<Call<T>> startAndAwaitWaiting(
      ThreadKind kind, int count, Callable<T> action) throws TimeoutException {
    List<Call<T>> calls = start(kind, count, action);
    for (Call<T> call : calls) {
      call.awaitWaiting();
    }
    return calls;
  }

  private static <T extends @Nullable Object> List<T> results(List<Call<T>> calls)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<T> results = new ArrayList<>();
    for (Call<T> call : calls) {
      results.add(call.result());
    }
    return results;
  }

  private static void assertInterrupted(Call<?> call)
      throws InterruptedException, TimeoutException {
    assertThat(endsInterrupted(call)).isTrue();
  }

  private static boolean endsInterrupted(Call<?> call)
      throws InterruptedException, TimeoutException {
    try {
      call.result();
      return false;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(InterruptedException.class);
      return true;
    }
  }
}
