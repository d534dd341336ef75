package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Threads;
import io.gb.leaks.proof.CorpusTest.LeavesOut;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An object that was declared over, and who has it all the same. */
@Timeout(60)
class DeadScopeTest {

  /** As the instance of a test would be: a thread waits for what is in its field. */
  private static final class Scope {

    private final CountDownLatch latch = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);

    /** No caller gets the thread, for then it would not be leaked. */
    void startWaiter() {
      CountDownLatch awaited = latch;
      CountDownLatch then = woken;
      Threads.startWaiting(
          "scope-waiter",
          false,
          () -> {
            awaited.await();
            then.countDown();
          });
    }
  }

  /** What a thread does that has the scope on its stack. */
  @FunctionalInterface
  private interface Holding {

    void until(CountDownLatch goOn) throws InterruptedException;
  }

  /** The verdicts on the waiter with all rules and without the one in question. */
  private static List<Verdict> verdicts(Scope scope) throws Exception {
    DeadScope.declare(List.of(scope));
    try {
      Hazard hazard = Hazard.of(Rule.OTHERS_KEEP_A_SCOPE_OPEN, "scope-waiter");
      return List.of(hazard.honest().verdict(), hazard.careless().verdict());
    } finally {
      DeadScope.declare(List.of());
    }
  }

  private static List<Verdict> whileHeldBy(Holding holder, Scope scope) throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    scope.startWaiter();
    Thread other = Threads.startWaiting("scope-holder", false, () -> holder.until(goOn));
    try {
      List<Verdict> verdicts = verdicts(scope);
      goOn.countDown();
      other.join();
      return verdicts;
    } finally {
      goOn.countDown();
      scope.latch.countDown();
      scope.woken.await();
    }
  }

  @Test
  @LeavesOut(Rule.OTHERS_KEEP_A_SCOPE_OPEN)
  void whatAnotherThreadHasOnItsStackIsNotOver() throws Exception {
    Scope scope = new Scope();
    assertThat(
            whileHeldBy(
                goOn -> {
                  goOn.await();
                  scope.latch.countDown();
                },
                scope))
        .as("the hazard is real")
        .containsExactly(Verdict.LIVE, Verdict.LEAKED);
  }

  @Test
  void whatAThreadThatIsNotStartedWouldRunIsNotOver() throws Exception {
    Scope scope = new Scope();
    Thread withScope = new Thread(() -> scope.latch.countDown());
    assertThat(
            whileHeldBy(
                goOn -> {
                  goOn.await();
                  withScope.start();
                },
                scope))
        .containsExactly(Verdict.LIVE, Verdict.LEAKED);
  }

  /** A virtual one, whose stack is also that of its carrier. */
  @Test
  void aVirtualDeclarerIsOneToo() throws Exception {
    FutureTask<List<Verdict>> proof =
        new FutureTask<>(() -> {
          Scope scope = new Scope();
          scope.startWaiter();
          try {
            return verdicts(scope);
          } finally {
            scope.latch.countDown();
            scope.woken.await();
          }
        });
    Thread.ofVirtual().start(proof);
    // What a virtual thread starts is in a group that can be enumerated.
    assertThat(proof.get()).hasSize(2).allMatch(Verdict::isLeak);
  }

  @Test
  void whatOnlyTheDeclarerHasIsOver() throws Exception {
    assertThat(whileHeldBy(CountDownLatch::await, new Scope()))
        .containsExactly(Verdict.LEAKED, Verdict.LEAKED);
  }

  /** As other threads of JUnit may, when tests run in parallel. */
  @Test
  void whatJunitHoldsForItselfIsOver() throws Exception {
    Scope scope = new Scope();
    DynamicTest test = DynamicTest.dynamicTest("test", scope::startWaiter);
    assertThat(
            whileHeldBy(
                goOn -> {
                  goOn.await();
                  assertThat(test.getDisplayName()).isNotEmpty();
                },
                scope))
        .containsExactly(Verdict.LEAKED, Verdict.LEAKED);
  }
}
