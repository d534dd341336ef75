package io.gb.leaks;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts threads that came after a moment and are still alive. It proves nothing: a thread may just
 * be about to end, so it looks again for a while before it says so. Thread-safe.
 */
public final class Census {

  /** How long threads may take to end if nothing else is said. */
  public static final Duration LINGER = Duration.ofSeconds(1);

  private static final long FIRST_PAUSE_NANOS = 100_000;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;

  private final Set<Long> before;
  private final Ignores ignores;

  private Census(Set<Long> before, Ignores ignores) {
    this.before = before;
    this.ignores = ignores;
  }

  /**
   * Begins a census: threads that are alive now do not count.
   *
   * @param ignores which others do not either
   */
  public static Census fromNow(Ignores ignores) {
    Set<Long> before = new HashSet<>();
    AllThreads.now().forEach(thread -> before.add(thread.id()));
    return new Census(before, ignores);
  }

  /** Returns a census from the same moment on that passes over other threads. */
  public Census ignoring(Ignores others) {
    return new Census(before, others);
  }

  /** The threads that have come since and are still alive after {@link #LINGER}. */
  public List<SeenThread> survivors() {
    return survivors(LINGER);
  }

  /**
   * The threads that have come since and are still alive after some time. Returns early when there
   * are none.
   *
   * @param linger how long threads may take to end, not negative
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
    return AllThreads.now().stream()
        .filter(thread ->
            !before.contains(thread.id()) && !ignores.covers(thread.name(), thread.stack()))
        .toList();
  }
}
