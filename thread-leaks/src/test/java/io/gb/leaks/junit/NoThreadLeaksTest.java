package io.gb.leaks.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.gb.leaks.corpus.Threads;
import io.gb.leaks.junit.NoThreadLeaks.Mode;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import java.lang.Thread.State;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs the classes nested in it, which Surefire passes over. */
@Timeout(120)
class NoThreadLeaksTest {

  private static final BlockingQueue<String> HELD = new LinkedBlockingQueue<>();

  /** Runs the tests of a class; returns the messages of those that failed, by their names. */
  private static Map<String, Throwable> failures(boolean parallel, Class<?>... classes) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "" + parallel);
    for (Class<?> c : classes) {
      kit = kit.selectors(selectClass(c));
    }
    Map<String, Throwable> failures = new TreeMap<>();
    kit.execute().allEvents().failed().stream()
        .forEach(event -> failures.put(name(event), cause(event)));
    return failures;
  }

  private static String name(Event event) {
    return event.getTestDescriptor().getDisplayName();
  }

  private static Throwable cause(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  private static void take(String name, BlockingQueue<String> queue) {
    take(name, queue, () -> {});
  }

  private static void take(String name, BlockingQueue<String> queue, Runnable then) {
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              takeFrom(queue);
              then.run();
            });
    Threads.await(thread, State.WAITING);
  }

  private static void takeFrom(BlockingQueue<String> queue) {
    try {
      queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @NoThreadLeaks(lingerMillis = 10)
  static class BothExample {

    private final BlockingQueue<String> field = new LinkedBlockingQueue<>();

    @Test
    void clean() {}

    @Test
    void leaks() {
      take("forgotten", new LinkedBlockingQueue<>());
    }

    @Test
    void leaksThroughItsField() {
      take("in-field", field);
    }

    @AutoClose private final ExecutorService pool = Executors.newFixedThreadPool(1);

    @Test
    void usesWhatIsClosedBehindIt() throws Exception {
      pool.submit(() -> {}).get();
    }

    @Test
    void leavesALiveOne() {
      take("live", HELD);
    }

    @Test
    void failsByItself() {
      take("forgotten-too", new LinkedBlockingQueue<>());
      throw new IllegalStateException("by itself");
    }

    @Test
    @NoThreadLeaks(ignoreNames = "known-.*", lingerMillis = 10)
    void leavesAKnownOne() {
      take("known-1", HELD);
    }

    @Test
    @NoThreadLeaks(ignoreFrames = "io.gb.leaks.junit.NoThreadLeaksTest.takeFrom", lingerMillis = 10)
    void leavesOneWithAKnownFrame() {
      take("known-2", HELD);
    }

    @Test
    @NoThreadLeaks(ignoreCreators = "io.gb.leaks.junit.NoThreadLeaksTest.take", lingerMillis = 10)
    void leavesOneOfAKnownCreator() {
      take("known-3", HELD);
    }

    @Test
    @NoThreadLeaks(byDesign = "meant-.*", lingerMillis = 10)
    void leavesOneThatIsMeantToStay() {
      take("meant-1", new LinkedBlockingQueue<>());
    }

    @Test
    @NoThreadLeaks(byDesign = "meant-.*", lingerMillis = 10)
    void leavesOneThatIsMeantToStayAndCouldRun() {
      take("meant-2", HELD);
    }

    @Test
    @NoThreadLeaks(mode = Mode.PROOF, lingerMillis = 10)
    void leavesALiveOneWhereAProofIsAskedFor() {
      take("live-too", HELD);
    }
  }

  @Test
  void eachTestAnswersForItsOwnThreads() {
    Map<String, Throwable> failures = failures(false, BothExample.class);

    assertThat(failures)
        .containsOnlyKeys(
            "leaks()",
            "leaksThroughItsField()",
            "leavesALiveOne()",
            "failsByItself()",
            "leavesOneThatIsMeantToStayAndCouldRun()");
    assertThat(failures.get("leaks()"))
        .hasMessageContainingAll(
            "leaks() left 1 thread behind, 1 of them for ever",
            "forgotten #",
            "virtual WAITING",
            "runs what " + NoThreadLeaksTest.class.getName() + ".take gave it",
            "LEAKED: nothing that can run reaches the thread",
            "bytes",
            "LinkedBlockingQueue.take",
            "2 samples",
            "A1: ");
    assertThat(failures.get("leaksThroughItsField()"))
        .hasMessageContainingAll("in-field", "LEAKED: ", "A8: ");
    assertThat(failures.get("leavesALiveOne()"))
        .hasMessageContainingAll("0 of them for ever", "LIVE: ", "reached by static ", ".HELD");
    assertThat(failures.get("failsByItself()"))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(leak -> assertThat(leak).hasMessageContaining("forgotten-too")));
  }

  static class ProofExample {

    @Test
    @NoThreadLeaks(mode = Mode.PROOF, lingerMillis = 10)
    @SuppressWarnings({"SynchronizeOnNonFinalField", "WaitNotInLoop"})
    void leavesAnUndecidedOne() {
      take("live-beside", HELD);
      Threads.startWaiting(
          "undecided",
          false,
          () -> {
            String text = new String("text");
            synchronized (text) {
              text.wait();
            }
          });
    }
  }

  @Test
  void aProofThatIsAskedForFailsIfItCannotDecide() {
    assertThat(failures(false, ProofExample.class).get("leavesAnUndecidedOne()"))
        .hasMessageContainingAll(
            "left 1 thread behind, 0 of them for ever, 1 undecided: whoever knows the text",
            "undecided #",
            "UNKNOWN: ")
        .hasMessageNotContaining("live-beside");
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class OuterExample {

    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch taken = new CountDownLatch(1);

    @Nested
    @TestMethodOrder(OrderAnnotation.class)
    @NoThreadLeaks(lingerMillis = 10)
    class EachInner {

      private final BlockingQueue<String> own = new LinkedBlockingQueue<>();

      @Test
      @Order(1)
      void leavesATaker() {
        take("in-outer", queue, taken::countDown);
      }

      @Test
      @Order(2)
      void givesItWhatItWaitsFor() throws Exception {
        queue.put("end");
        taken.await();
      }

      @Test
      @Order(3)
      void leaksThroughItsOwnField() {
        take("in-inner", own);
      }
    }
  }

  @Test
  void anInstanceThatLaterTestsShareIsNotOver() {
    Map<String, Throwable> failures = failures(false, OuterExample.class);

    assertThat(failures).containsOnlyKeys("leavesATaker()", "leaksThroughItsOwnField()");
    assertThat(failures.get("leavesATaker()"))
        .hasMessageContainingAll("in-outer", "0 of them for ever", "LIVE: ");
    assertThat(failures.get("leaksThroughItsOwnField()"))
        .hasMessageContainingAll("in-inner", "1 of them for ever", "A8: ");
  }

  @TestInstance(Lifecycle.PER_CLASS)
  @NoThreadLeaks(scope = Scope.CLASS, lingerMillis = 10)
  static class OuterClassExample {

    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Inner {

      @Test
      void leavesATaker() {
        take("in-outer-class", queue);
      }
    }

    @Test
    void leavesATakerToo() {
      take("of-the-outer-class", queue);
    }
  }

  @Test
  void anInstanceIsOverWithTheClassThatItIsOf() {
    Map<String, Throwable> failures = failures(false, OuterClassExample.class);

    assertThat(failures).containsOnlyKeys("Inner", "NoThreadLeaksTest$OuterClassExample");
    assertThat(failures.get("Inner"))
        .hasMessageContainingAll("in-outer-class", "0 of them for ever", "LIVE: ");
    assertThat(failures.get("NoThreadLeaksTest$OuterClassExample"))
        .hasMessageContainingAll("left 1 thread behind", "of-the-outer-class", "1 of them", "A8: ")
        .satisfies(leak -> assertThat(leak).hasMessageNotContaining("in-outer-class"));
  }

  @NoThreadLeaks(mode = Mode.CENSUS, lingerMillis = 10)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Composed {}

  @Composed
  static class ComposedExample {

    @Test
    void leaks() {
      take("composed", HELD);
    }
  }

  @NoThreadLeaks(mode = Mode.CENSUS, lingerMillis = 10)
  interface Strict {}

  static class ImplementingExample implements Strict {

    @Test
    void leaks() {
      take("implementing", HELD);
    }
  }

  @Test
  void theAnnotationHoldsWhereverItComesFrom() {
    assertThat(failures(false, ComposedExample.class)).containsOnlyKeys("leaks()");
    assertThat(failures(false, ImplementingExample.class)).containsOnlyKeys("leaks()");
  }

  static class ScopeOnMethodExample {

    @Test
    @NoThreadLeaks(scope = Scope.CLASS)
    void leaks() {}
  }

  @Test
  void aMethodIsNoClass() {
    assertThat(failures(false, ScopeOnMethodExample.class).get("leaks()"))
        .hasMessage("@NoThreadLeaks(scope = CLASS) on leaks(): is for a class only");
  }

  @NoThreadLeaks(mode = Mode.CENSUS, lingerMillis = 10)
  static class ConstructingExample {

    ConstructingExample() {
      take("constructed", HELD);
    }

    @Test
    void one() {}

    @Test
    void two() {}

    @Nested
    class Inner {

      @Test
      void three() {}
    }
  }

  @Test
  void whatAnInstanceStartsCountsForItsTest() {
    assertThat(failures(false, ConstructingExample.class))
        .containsOnlyKeys("one()", "two()", "three()")
        .allSatisfy((name, leak) ->
            assertThat(leak)
                .hasMessageContaining(name + " left 1 thread behind")
                .hasMessageContaining("constructed"));
  }

  private static final AtomicInteger FAILING = new AtomicInteger();

  @TestInstance(Lifecycle.PER_CLASS)
  @NoThreadLeaks(mode = Mode.CENSUS, lingerMillis = 10)
  static class FailingConstructorExample {

    @Nested
    @TestInstance(Lifecycle.PER_METHOD)
    @TestMethodOrder(OrderAnnotation.class)
    class Inner {

      Inner() {
        if (FAILING.getAndIncrement() == 0) {
          take("of-the-first", HELD);
          throw new IllegalStateException("by itself");
        }
      }

      @Test
      @Order(1)
      void four() {}

      @Test
      @Order(2)
      void five() {}
    }
  }

  @Test
  void whatAnInstanceStartsThatWasNeverMadeIsNotBlamedOnTheNextTest() {
    assertThat(failures(false, FailingConstructorExample.class)).containsOnlyKeys("four()");
  }

  @TestInstance(Lifecycle.PER_CLASS)
  @NoThreadLeaks(scope = Scope.CLASS, mode = Mode.CENSUS, lingerMillis = 10)
  static class SharedInstanceExample {

    SharedInstanceExample() {
      take("shared", HELD);
    }

    @Test
    void six() {}
  }

  @Test
  void whatTheInstanceOfAClassStartsCountsForTheClass() {
    assertThat(failures(false, SharedInstanceExample.class))
        .containsOnlyKeys("NoThreadLeaksTest$SharedInstanceExample")
        .allSatisfy((name, leak) -> assertThat(leak).hasMessageContaining("shared"));
  }

  /** Its threads end when the collector has found that nobody has the pool any more. */
  @NoThreadLeaks(lingerMillis = 10)
  static class CollectedExample {

    @Test
    void forgetsATimer() {
      new Timer(true).schedule(task(), 0);
    }

    private static TimerTask task() {
      return new TimerTask() {
        @Override
        public void run() {}
      };
    }
  }

  @Test
  void whatTheCollectorEndsIsNotLeft() {
    assertThat(failures(false, CollectedExample.class)).isEmpty();
  }

  @NoThreadLeaks(scope = Scope.CLASS, mode = Mode.CENSUS, lingerMillis = 10)
  static class ClassExample {

    @Test
    void one() {
      take("class-one", HELD);
    }

    @AutoClose private static final ExecutorService POOL = Executors.newFixedThreadPool(1);

    @Test
    void two() throws Exception {
      POOL.submit(() -> {}).get();
    }
  }

  @Test
  void aClassAnswersForAllItsTests() {
    assertThat(failures(false, ClassExample.class))
        .hasSize(1)
        .allSatisfy((name, leak) -> assertThat(name).contains("ClassExample"))
        .allSatisfy((name, leak) ->
            assertThat(leak)
                .hasMessageContaining("left 1 thread")
                .hasMessageContaining("class-one"));
  }

  private static final AtomicInteger RUNNING = new AtomicInteger();

  @Execution(ExecutionMode.CONCURRENT)
  @NoThreadLeaks(mode = Mode.CENSUS, lingerMillis = 10)
  static class ParallelExample {

    @Test
    void first() {
      alone();
    }

    @Test
    void second() {
      alone();
    }

    private static void alone() {
      assertThat(RUNNING.incrementAndGet()).isOne();
      take("parallel", HELD);
      assertThat(RUNNING.decrementAndGet()).isZero();
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  static class ParallelNeighbour {

    @Test
    void third() {
      take("neighbour", HELD);
    }

    @Test
    void fourth() {
      take("neighbour", HELD);
    }
  }

  @Test
  void testsRunAloneWhereOthersAreParallel() {
    assertThat(failures(true, ParallelExample.class, ParallelNeighbour.class))
        .containsOnlyKeys("first()", "second()")
        .allSatisfy((name, leak) -> assertThat(leak).hasMessageContaining("left 1 thread behind"));
  }
}
