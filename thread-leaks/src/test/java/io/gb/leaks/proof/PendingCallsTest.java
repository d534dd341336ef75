package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Threads;
import io.gb.leaks.dump.Frame;
import io.gb.leaks.proof.CorpusTest.LeavesOut;
import java.lang.Thread.State;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of a call that has not begun are in no dump. */
@Timeout(60)
class PendingCallsTest {

  private static final CountDownLatch LOADING = new CountDownLatch(1);
  private static final CountDownLatch GO_ON = new CountDownLatch(1);
  private static final CountDownLatch OTHER_LOADING = new CountDownLatch(1);
  private static final CountDownLatch OTHER_GO_ON = new CountDownLatch(1);

  /** Takes its time to become ready for the call. */
  private static final class Late {

    static {
      LOADING.countDown();
      Threads.perform(GO_ON::await);
    }

    static void wake(CountDownLatch latch) {
      latch.countDown();
    }
  }

  /** Another one. */
  private static final class OtherLate {

    static {
      OTHER_LOADING.countDown();
      Threads.perform(OTHER_GO_ON::await);
    }

    static void wake(CountDownLatch latch) {
      latch.countDown();
    }
  }

  /** A latch that nobody but a blocked thread and the caller has. */
  private static CountDownLatch awaited(CountDownLatch woken) {
    CountDownLatch latch = new CountDownLatch(1);
    Threads.startWaiting(
        "pending-waiter",
        false,
        () -> {
          latch.await();
          woken.countDown();
        });
    return latch;
  }

  /** Proves while the waker waits for a class, then lets it go on. */
  private static void assertOpen(CountDownLatch goOn, CountDownLatch woken) throws Exception {
    try {
      Hazard hazard = Hazard.of(Rule.PENDING_CALLS_HIDE_ARGUMENTS, "pending-waiter");

      assertThat(hazard.careless().verdict()).as("the hazard is real").isEqualTo(Verdict.LEAKED);
      assertThat(hazard.honest().verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(hazard.honest().reason())
          .startsWith("a call in " + PendingCallsTest.class.getName())
          .contains("on the stack of \"pending-waker\"");
    } finally {
      goOn.countDown();
    }
    woken.await();
  }

  @Test
  @LeavesOut(Rule.PENDING_CALLS_HIDE_ARGUMENTS)
  void whatACallHandsOverOnceItsClassIsReadyLeavesTheVerdictOpen() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    Thread waker = Threads.start("pending-waker", false, () -> Late.wake(awaited(woken)));
    LOADING.await();
    Threads.await(waker, State.WAITING);
    assertOpen(GO_ON, woken);
    waker.join();
  }

  /** The waker has no frame above its call; the JVM lets it wait for the other thread. */
  @Test
  void aCallMayWaitForAClassThatAnotherThreadMakesReady() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    Thread loader = Threads.start("pending-loader", false, PendingCallsTest::loadOther);
    OTHER_LOADING.await();
    Thread waker = Threads.start("pending-waker", false, () -> OtherLate.wake(awaited(woken)));
    // It has to get from its waiter to the call, which nobody can see from outside.
    Thread.sleep(500);
    assertOpen(OTHER_GO_ON, woken);
    waker.join();
    loader.join();
  }

  private static void loadOther() throws ClassNotFoundException {
    Class.forName(PendingCallsTest.class.getName() + "$OtherLate");
  }

  @ParameterizedTest
  @CsvSource({
    "a.B, <clinit>, ()V, true",
    "a.Loader, loadClass, (Ljava/lang/String;)Ljava/lang/Class;, true",
    "a.Loader, loadClass, (Ljava/lang/String;Z)Ljava/lang/Class;, false",
    "java.lang.invoke.MethodHandleNatives, linkCallSite, ()V, true",
    "java.lang.invoke.MethodHandleNatives, linkMethod, ()V, true",
    "java.lang.invoke.MethodHandleNatives, findMethodHandleType, ()V, true",
    "java.lang.ClassLoader, checkPackageAccess, ()V, true",
    "sun.instrument.InstrumentationImpl, transform, ()V, true",
    "jdk.jfr.internal.JVMUpcalls, onRetransform, ()V, true",
    "a.B, linkCallSite, ()V, false",
    "a.B, <init>, ()V, false"
  })
  void whatTheJvmCallsByItselfHoldsUpTheCallBelow(
      String className, String method, String signature, boolean holdsUp) {
    Frame top = new Frame("a.C", "deeper", "()V", "C.java", 3);
    Frame called = new Frame(className, method, signature, "B.java", 2);
    Frame caller = new Frame("a.A", "call", "()V", "A.java", 1);
    Frame outer = new Frame("a.A", "run", "()V", "A.java", 9);
    assertThat(PendingCalls.caller(List.of(top, called, caller, outer)))
        .isEqualTo(holdsUp ? caller : null);
    assertThat(PendingCalls.caller(List.of(top, called))).isNull();
    Frame nativeCaller = new Frame("java.lang.Class", "forName0", "()V", "Class.java", -3);
    assertThat(PendingCalls.caller(List.of(top, called, nativeCaller, outer))).isNull();
  }
}
