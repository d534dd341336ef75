package io.gb.leaks.proof;

import java.util.Set;

/**
 * What a running JVM says about itself beyond its heap dump.
 *
 * @param code what is compiled; if unknown, each frame may be
 * @param owners who owns the monitors at whose entrances threads stand; a thread whose monitor has
 *     no known owner counts as running
 * @param running ids of threads, as {@link Thread#getId()} has them, that count as running because
 *     something speaks against a leak, for example that they were seen to move
 * @param resting ids of the threads that have not run from before an escape barrier until after the
 *     dump
 * @param barrierMissing why no escape barrier was raised, without a full stop; empty if one was
 */
public record JvmAnswers(
    CompiledCode code,
    MonitorOwners owners,
    Set<Long> running,
    Set<Long> resting,
    String barrierMissing) {

  /** Copies the sets. */
  public JvmAnswers {
    running = Set.copyOf(running);
    resting = Set.copyOf(resting);
  }

  /**
   * What the JVM said at one moment.
   *
   * @param code what is compiled
   * @param owners who owns which monitor
   */
  public JvmAnswers(CompiledCode code, MonitorOwners owners) {
    this(code, owners, Set.of(), Set.of(), "nobody asked for it");
  }

  /** {@return what is known if there is nothing but a dump} */
  public static JvmAnswers none() {
    return new JvmAnswers(CompiledCode.unknown(), MonitorOwners.unknown());
  }

  /**
   * {@return what holds between two moments, for example before a dump and after it}
   *
   * @param later what the same JVM said at the second moment
   */
  public JvmAnswers and(JvmAnswers later) {
    return new JvmAnswers(
        code.and(later.code), owners.and(later.owners), running, resting, barrierMissing);
  }

  /**
   * {@return the same, where some threads count as running}
   *
   * @param threads their ids
   */
  public JvmAnswers withRunning(Set<Long> threads) {
    return new JvmAnswers(code, owners, threads, resting, barrierMissing);
  }

  /**
   * {@return the same, of a dump that was taken behind an escape barrier}
   *
   * @param threads the ids of those that have not run since before the barrier
   * @param missing why there was no barrier; empty if there was
   */
  public JvmAnswers behindBarrier(Set<Long> threads, String missing) {
    return new JvmAnswers(code, owners, running, threads, missing);
  }
}
