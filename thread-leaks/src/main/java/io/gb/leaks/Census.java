package io.gb.leaks;

import io.gb.leaks.jvm.AllThreads;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds threads that were started after a moment and are still alive. That proves no leak: a thread
 * may be about to end, so a census looks again for a while before it reports any. Thread-safe.
 */
public final class Census {

  /** How long threads may take to end if nothing else is said. */
  public static final Duration LINGER = Duration.ofSeconds(1);

  private static final long FIRST_PAUSE_NANOS = 100_000;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;

  private final Set<Long> before;
  private final ThreadFilter ignored;

  private Census(Set<Long> before, ThreadFilter ignored) {
    this.before = before;
    this.ignored = ignored;
  }

  /**
   * {@return a census that begins now: threads that are alive now do not count}
   *
   * @param ignored which threads do not count either
   * @throws java.io.UncheckedIOException if no thread dump can be taken
   */
  public static Census fromNow(ThreadFilter ignored) {
    return new Census(
        Set.copyOf(AllThreads.list((id, name, virtual, state, stack) -> id)), ignored);
  }

  /**
   * {@return a census that begins at the same moment and ignores other threads}
   *
   * @param others which threads do not count, instead of those ignored so far
   */
  public Census ignoring(ThreadFilter others) {
    return new Census(before, others);
  }

  /**
   * The threads that were started since and are still alive after {@link #LINGER}.
   *
   * @return these threads, in no order; empty as soon as there are none
   * @throws java.io.UncheckedIOException if no thread dump can be taken
   */
  public List<SeenThread> survivors() {
    return survivors(LINGER);
  }

  /**
   * The threads that were started since and are still alive after some time. Blocks until that time
   * is over or there are none.
   *
   * @param linger how long threads may take to end, not negative
   * @return these threads, in no order
   * @throws java.io.UncheckedIOException if no thread dump can be taken
   */
  public List<SeenThread> survivors(Duration linger) {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    List<SeenThread> found = now();
    while (!found.isEmpty() && System.nanoTime() - start < linger.toNanos()) {
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
      found = now();
    }
    return found;
  }

  private List<SeenThread> now() {
    return AllThreads.list(SeenThread::new).stream()
        .filter(thread ->
            !before.contains(thread.id()) && !ignored.covers(thread.name(), thread.stack()))
        .toList();
  }
}
