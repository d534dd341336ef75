package io.gb.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gb.leaks.corpus.Pinning;
import io.gb.leaks.corpus.Threads;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import io.gb.leaks.report.LeakJson;
import io.gb.leaks.report.LeakText;
import java.lang.Thread.State;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadLeaksTest {

  private static @Nullable Thread interruptible;

  private static void leak(String name, boolean virtual) {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Threads.startWaiting(name, virtual, queue::take);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTakerOfAForgottenQueueIsProvenTwiceAndReported(boolean virtual) throws Exception {
    String prefix = "taker-" + virtual + "-";
    for (int i = 0; i < 3; i++) {
      leak(prefix + i, virtual);
    }

    LeakReport report = ThreadLeaks.prove();

    List<ThreadFinding> ours =
        report.proven().stream().filter(t -> t.name().startsWith(prefix)).toList();
    assertThat(ours)
        .as("%s", LeakText.of(report, 0))
        .hasSize(3)
        .allMatch(thread -> thread.retainedBytes() > 100);
    assertThat(report.samples()).isEqualTo(2);
    assertThat(report.classes())
        .as("the second dump does not hold the first")
        .extracting(ClassUsage::className)
        .contains(LinkedBlockingQueue.class.getName())
        .doesNotContain(HeapDump.class.getName(), Proof.class.getName());
    assertThat(report.assumptions()).anyMatch(text -> text.startsWith("A1"));
    assertThat(LeakText.of(report, 10))
        .contains(
            "3 × " + prefix + (virtual ? "* virtual WAITING at " : "* WAITING at "),
            "nothing that can run reaches the thread, so nothing can unpark it");
    assertThat(LeakJson.of(report))
        .contains("\"name\": \"" + prefix + "0\"", "\"verdict\": \"LEAKED\"");
  }

  private static Thread leakHolding(String name, byte[]... held) {
    LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    return Threads.startWaiting(
        name,
        true,
        () -> {
          byte[] taken = queue.take();
          held[0] = taken;
        });
  }

  private static List<Long> leakThreeThatShare(int unit) {
    byte[] ofAll = new byte[100 * unit];
    byte[] ofGroup = new byte[10 * unit];
    return List.of(
        leakHolding("sharing-1", new byte[unit], ofGroup, ofAll).threadId(),
        leakHolding("sharing-2", new byte[2 * unit], ofGroup, ofAll).threadId(),
        leakHolding("other", new byte[3 * unit], ofAll).threadId());
  }

  private static ThreadFinding finding(LeakReport report, String name) {
    return report.threads().stream().filter(t -> t.name().equals(name)).findAny().orElseThrow();
  }

  /** The rest that each thread holds, a queue and a stack, is much smaller than a unit. */
  @Test
  void whatLeakedThreadsHoldAloneAndTogetherIsToldApart() throws Exception {
    int unit = 100_000;
    List<Long> ids = leakThreeThatShare(unit);

    LeakReport report = ThreadLeaks.proveOnly(Set.copyOf(ids));

    assertThat(finding(report, "sharing-1").retainedBytes() / unit).isEqualTo(1);
    assertThat(finding(report, "sharing-2").retainedBytes() / unit).isEqualTo(2);
    assertThat(finding(report, "other").retainedBytes() / unit).isEqualTo(3);
    assertThat(finding(report, "sharing-1").sharedBytes() / unit).isEqualTo(10);
    assertThat(finding(report, "sharing-2").sharedBytes() / unit).isEqualTo(10);
    assertThat(finding(report, "other").sharedBytes()).isZero();
    assertThat(LeakText.of(report, 0)).contains(" of it by several of them");
    assertThat(report.leakedBytes() / unit).isEqualTo(116);
    LeakReport half = ThreadLeaks.proveOnly(Set.copyOf(ids.subList(0, 2)));
    assertThat(half.threads()).hasSize(2);
    assertThat(half.leakedBytes() / unit).as("the other one holds the rest").isEqualTo(13);
  }

  private static Thread leakTwoThatShare(int unit) {
    byte[] ofBoth = new byte[10 * unit];
    leakHolding("not-interruptible", new byte[2 * unit], ofBoth);
    return leakHolding("interruptible", new byte[unit], ofBoth);
  }

  @Test
  void whatAnInterruptCouldFreeIsNotWhatALeakedThreadHoldsToo() throws Exception {
    int unit = 100_000;
    interruptible = leakTwoThatShare(unit);

    ThreadFinding finding = finding(ThreadLeaks.prove(), "interruptible");

    assertThat(finding.verdict()).isEqualTo(Verdict.LEAKED_UNLESS_INTERRUPTED);
    assertThat(finding.retainedBytes() / unit).isEqualTo(1);
    assertThat(interruptible.isInterrupted()).isFalse();
  }

  /** It is pinned, so that its carrier refers to what it runs. */
  @Test
  void whatACarrierHoldsIsRetainedByItsVirtualThread() throws Exception {
    int unit = 100_000;
    long id = leakPinned(new byte[10 * unit]);

    LeakReport report = ThreadLeaks.proveOnly(Set.of(id));

    assertThat(report.proven()).hasSize(1);
    assertThat(report.proven().get(0).retainedBytes() / unit).isEqualTo(10);
    assertThat(report.leakedBytes() / unit).isEqualTo(10);
  }

  private static long leakPinned(byte[] held) {
    Threads.Body pinned =
        () -> {
          new CountDownLatch(1).await();
          held[0] = 1;
        };
    return Threads.startWaiting("pinned", true, () -> Pinning.run(pinned)).threadId();
  }

  @Test
  void leaksOfOthersAreNoAnswerToWhatIsAskedOfOneThread() throws Exception {
    leak("of-others", true);

    LeakReport report = ThreadLeaks.proveOnly(Set.of(Thread.currentThread().threadId()));

    assertThat(report.threads())
        .singleElement()
        .satisfies(thread -> assertThat(thread.verdict().isLeak()).isFalse());
    assertThat(report.leakedBytes()).isZero();
    assertThat(report.assumptions()).isEmpty();
    assertThat(report.samples()).as("there was nothing to confirm").isEqualTo(1);
  }

  @Test
  void aLeakThatIsDeclaredIsOneByDesign() throws Exception {
    leak("declared-1", true);
    leak("undeclared-1", true);

    LeakReport before = ThreadLeaks.prove();
    LeakReport report = before.byDesign(ThreadFilter.none().andName("declared-.*|main"));

    assertThat(verdict(before, "declared-1")).isEqualTo(Verdict.LEAKED);
    assertThat(verdict(report, "declared-1")).isEqualTo(Verdict.BY_DESIGN);
    assertThat(verdict(report, "undeclared-1")).isEqualTo(Verdict.LEAKED);
    assertThat(verdict(report, "main")).as("it runs").isEqualTo(verdict(before, "main"));
    assertThat(report.leakedBytes()).isPositive().isLessThan(before.leakedBytes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCensusSeesWhoIsLeftAndWaitsForWhoEnds(boolean virtual) throws Exception {
    Census census = ThreadLeaks.census();
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = Threads.start("left-" + virtual, virtual, end::await);

    assertThat(census.survivors(Duration.ZERO))
        .extracting(SeenThread::name)
        .contains("left-" + virtual);

    end.countDown();
    thread.join();
    assertThat(census.survivors(Duration.ofSeconds(10)))
        .extracting(SeenThread::name)
        .doesNotContain("left-" + virtual);
  }

  @Test
  void noNameOfAThreadPassesForAnother() throws Exception {
    Census census = ThreadLeaks.census();
    CountDownLatch latch = new CountDownLatch(1);
    String platform = "plain\" virtual WAITING\nrest";
    List<String> names = List.of("first\nsecond", "a\n  b", "a\n\nb", "a\n#b", "a\n\"b");
    List<Thread> all = new ArrayList<>();
    names.forEach(name -> all.add(Threads.start(name, true, latch::await)));
    Thread other = Threads.start(platform, false, latch::await);
    try {
      assertThat(census.survivors(Duration.ZERO))
          .extracting(SeenThread::name, SeenThread::virtual)
          .hasSize(names.size() + 1)
          .contains(tuple(platform, false))
          .containsAll(names.stream().map(name -> tuple(name, true)).toList());
    } finally {
      latch.countDown();
      other.join();
      for (Thread thread : all) {
        thread.join();
      }
    }
  }

  @Test
  void anObjectThatIsDeclaredOverHoldsNothing() throws Exception {
    Holder holder = new Holder();
    holder.hold();

    assertThat(verdict(ThreadLeaks.prove(), "held")).isEqualTo(Verdict.LIVE);
    LeakReport after = ThreadLeaks.prove(List.of(holder));
    assertThat(verdict(after, "held")).isEqualTo(Verdict.LEAKED);
    assertThat(after.assumptions()).anyMatch(text -> text.startsWith("A8"));
    assertThat(holder.latch.getCount()).isOne();
  }

  private static final class Holder {

    private final CountDownLatch latch = new CountDownLatch(1);

    void hold() {
      CountDownLatch awaited = latch;
      Threads.startWaiting("held", true, awaited::await);
    }
  }

  private static void startReaper() {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<Object> reference = new WeakReference<>(new Object(), queue);
    Threads.startWaiting(
        "reaper",
        false,
        () -> {
          while (reference.equals(queue.remove())) {
            Thread.onSpinWait();
          }
        });
  }

  /** The collection wakes it once; after that nothing can. */
  @Test
  void aThreadThatTheProofsOwnCollectionWakesIsProven() throws Exception {
    startReaper();

    assertThat(verdict(ThreadLeaks.prove(), "reaper")).isEqualTo(Verdict.LEAKED);
  }

  private static Verdict verdict(LeakReport report, String name) {
    return report.threads().stream()
        .filter(thread -> thread.name().equals(name))
        .findAny()
        .orElseThrow()
        .verdict();
  }

  /** Who holds the monitors of a deadlock can do nothing about it: they stay in reach here. */
  @Test
  void aDeadlockOfMonitorsIsProvenByItsOwners() throws Exception {
    String name = "deadlock";
    Object one = new Object();
    Object other = new Object();
    CountDownLatch both = new CountDownLatch(2);
    Thread first = locking(name + "-a", one, other, both);
    Thread second = locking(name + "-b", other, one, both);
    Threads.await(first, State.BLOCKED);
    Threads.await(second, State.BLOCKED);

    LeakReport report = ThreadLeaks.prove();

    assertThat(verdict(report, name + "-a")).isEqualTo(Verdict.LEAKED);
    assertThat(verdict(report, name + "-b")).isEqualTo(Verdict.LEAKED);
  }

  private static Thread locking(String name, Object first, Object second, CountDownLatch both) {
    return Threads.start(
        name,
        false,
        () -> {
          synchronized (first) {
            both.countDown();
            both.await();
            synchronized (second) {
              throw new AssertionError("no deadlock");
            }
          }
        });
  }

  @Test
  void whoWaitsForAMonitorOfASleeperIsLive() throws Exception {
    Object monitor = new Object();
    CountDownLatch entered = new CountDownLatch(1);
    Thread sleeper =
        Threads.start(
            "sleeper",
            false,
            () -> {
              synchronized (monitor) {
                entered.countDown();
                new CountDownLatch(1).await(1, TimeUnit.HOURS);
              }
            });
    entered.await();
    Thread waiter =
        Threads.start(
            "entrance",
            false,
            () -> {
              synchronized (monitor) {
                entered.countDown();
              }
            });
    Threads.await(waiter, State.BLOCKED);

    assertThat(verdict(ThreadLeaks.prove(), "entrance")).isEqualTo(Verdict.LIVE);
    sleeper.interrupt();
    waiter.join();
  }
}
