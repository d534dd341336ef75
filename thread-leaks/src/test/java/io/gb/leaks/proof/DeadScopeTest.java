package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Theatre;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.proof.CorpusTest.LeavesOut;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
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
      start(
          "scope-waiter",
          () -> {
            await(awaited);
            then.countDown();
          });
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /** The verdicts on the waiter with all rules and without the one in question. */
  private static List<Verdict> verdicts(Scope scope) throws Exception {
    DeadScope.declare(List.of(scope));
    Path file = Theatre.takeDump();
    try {
      HeapDump dump = HeapDump.read(file);
      Set<Rule> others = EnumSet.complementOf(EnumSet.of(Rule.OTHERS_KEEP_A_SCOPE_OPEN));
      return List.of(verdict(dump, Rule.all()), verdict(dump, others));
    } finally {
      DeadScope.declare(List.of());
      Theatre.delete(file);
    }
  }

  private static Verdict verdict(HeapDump dump, Set<Rule> rules) throws Exception {
    return Prover.prove(dump, rules, Testimony.none()).threads().stream()
        .filter(thread -> thread.name().equals("scope-waiter"))
        .findAny()
        .orElseThrow()
        .verdict();
  }

  private static List<Verdict> whileHeldBy(Consumer<CountDownLatch> holder, Scope scope)
      throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    scope.startWaiter();
    Thread other = start("scope-holder", () -> holder.accept(goOn));
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
                  await(goOn);
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
                  await(goOn);
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
    assertThat(whileHeldBy(DeadScopeTest::await, new Scope()))
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
                  await(goOn);
                  assertThat(test.getDisplayName()).isNotEmpty();
                },
                scope))
        .containsExactly(Verdict.LEAKED, Verdict.LEAKED);
  }
}
