package io.gb.demo;

import static java.util.stream.Collectors.toSet;

import io.gb.leaks.Census;
import io.gb.leaks.LeakReport;
import io.gb.leaks.SeenThread;
import io.gb.leaks.ThreadLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a run has left behind in this JVM. Immutable.
 *
 * @param time how long the run took
 * @param liveHeapBefore bytes of live objects before it
 * @param liveHeapAfter bytes of live objects after it
 * @param threadsLeft the threads that were started during the run and are still alive
 * @param report which of them are proven to be leaked, and what fills the heap
 */
public record Aftermath(
    Duration time,
    long liveHeapBefore,
    long liveHeapAfter,
    List<SeenThread> threadsLeft,
    LeakReport report) {

  /** How many requests warm up the JVM, so that its classes and caches exist before the run. */
  private static final int WARM_UP_REQUESTS = 5_000;

  /** Copies the list. */
  public Aftermath {
    threadsLeft = List.copyOf(threadsLeft);
  }

  /**
   * {@return what a run leaves behind} Nothing else should happen in this JVM meanwhile.
   *
   * @param variant how the run ends; the run before it, to warm up, ends as the fix does
   * @param threads the kind of threads that workers run on
   * @param workers how many workers there are
   * @param requests how many requests they send together
   * @param senders opens a sender for each of the two runs
   * @throws IOException if a request fails, or a heap dump cannot be taken
   * @throws InterruptedException if interrupted; threads may be left behind
   */
  public static Aftermath of(
      Variant variant, ThreadKind threads, int workers, int requests, Supplier<Sender> senders)
      throws IOException, InterruptedException {
    run(variant.fix(), threads, workers, Math.min(requests, WARM_UP_REQUESTS), senders);
    ThreadLeaks.prove();
    long before = ThreadLeaks.prove().liveHeapBytes();
    return of(before, variant, threads, workers, requests, senders);
  }

  /** Runs without warming up, for a known live heap or one that does not matter. */
  static Aftermath of(
      long before,
      Variant variant,
      ThreadKind threads,
      int workers,
      int requests,
      Supplier<Sender> senders)
      throws IOException, InterruptedException {
    Census census = ThreadLeaks.census();
    Duration time = run(variant, threads, workers, requests, senders);
    List<SeenThread> left = census.survivors();
    Set<Long> ids = left.stream().map(SeenThread::id).collect(toSet());
    LeakReport report = ThreadLeaks.proveOnly(ids);
    return new Aftermath(time, before, report.liveHeapBytes(), left, report);
  }

  /** Keeps no reference to the run, so that the collector can free what only the run refers to. */
  private static Duration run(
      Variant variant, ThreadKind threads, int workers, int requests, Supplier<Sender> senders)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    new WorkerRun(variant, threads, workers, requests, senders.get()).run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
