package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Threads;
import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.jvm.TestDump;
import io.gb.leaks.proof.CorpusTest.LeavesOut;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hidden class has a queue that no dump shows it to have. */
@Timeout(60)
class ClassDataTest {

  private static final CountDownLatch TAKEN = new CountDownLatch(1);

  /** A template for a hidden class. */
  @SuppressWarnings("unused") // Only its copy is.
  private static final class Waker {

    @SuppressWarnings("unchecked")
    static void wake() throws Exception {
      Object queue = MethodHandles.classData(MethodHandles.lookup(), "_", Object.class);
      ((BlockingQueue<String>) queue).put("end");
    }
  }

  /** In a method of its own, so that no local variable holds the queue. */
  private static MethodHandle startTaker() throws Exception {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Threads.startWaiting(
        "taker",
        true,
        () -> {
          queue.take();
          TAKEN.countDown();
        });
    try (InputStream code = ClassDataTest.class.getResourceAsStream("ClassDataTest$Waker.class")) {
      byte[] bytes = Objects.requireNonNull(code).readAllBytes();
      Lookup hidden = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, queue, true);
      return hidden.findStatic(hidden.lookupClass(), "wake", MethodType.methodType(void.class));
    }
  }

  /** The JDK makes one for each class that looks up what depends on its caller. */
  @Test
  void theInvokersThatTheJdkInjectsAreNoneOfTheProgram() throws Exception {
    MethodHandle callerSensitive =
        MethodHandles.lookup()
            .findVirtual(
                Class.class,
                "getResourceAsStream",
                MethodType.methodType(InputStream.class, String.class));
    try (TestDump taken = TestDump.take()) {
      assertThat(HeapDump.read(taken.file()).classes())
          .extracting(ClassInfo::name)
          .filteredOn(name -> name.contains("$$InjectedInvoker"))
          .isNotEmpty()
          .noneMatch(HiddenClasses::isOfProgram);
      assertThat(callerSensitive).isNotNull();
    }
  }

  @Test
  @LeavesOut(Rule.CLASS_DATA_IS_HIDDEN)
  void whatAHiddenClassWasGivenLeavesTheVerdictOpen() throws Throwable {
    MethodHandle waker = startTaker();
    Hazard hazard = Hazard.of(Rule.CLASS_DATA_IS_HIDDEN, "taker");

    assertThat(hazard.careless().verdict()).as("the hazard is real").isEqualTo(Verdict.LEAKED);
    assertThat(hazard.honest().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(hazard.honest().reason()).startsWith("the hidden class " + Waker.class.getName());
    waker.invokeExact();
    TAKEN.await();
  }
}
