package io.gb.leaks.proof;

import java.util.Set;

/**
 * What a JVM that still runs says of itself beyond its heap dump.
 *
 * @param code what is compiled; if unknown, the proof assumes that frames hide nothing
 * @param owners who owns the monitors at whose entrances threads stand; where it is unknown, the
 *     thread counts as running
 * @param running threads, by {@link Thread#getId()}, that count as running because something speaks
 *     against their being leaked, such as that they were seen to move
 */
public record Testimony(CompiledCode code, MonitorOwners owners, Set<Long> running) {

  /** Copies the set. */
  public Testimony {
    running = Set.copyOf(running);
  }

  /** What the JVM said at one moment. */
  public Testimony(CompiledCode code, MonitorOwners owners) {
    this(code, owners, Set.of());
  }

  /** What is known if there is nothing but a dump. */
  public static Testimony none() {
    return new Testimony(CompiledCode.unknown(), MonitorOwners.unknown());
  }

  /** What holds in between, if this was said first, in front of a dump, and the other later. */
  public Testimony and(Testimony other) {
    return new Testimony(code.and(other.code), owners.and(other.owners), running);
  }

  /** The same, where some threads count as running. */
  public Testimony withRunning(Set<Long> threads) {
    return new Testimony(code, owners, threads);
  }
}
