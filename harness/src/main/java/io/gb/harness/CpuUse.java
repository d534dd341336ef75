package io.gb.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time this whole JVM used during a run: workers, garbage collector, compiler, and
 * whatever else runs in it. Immutable.
 *
 * @param nanos processor time, user and system, in nanoseconds, 0 or more; 0 where unknown
 * @param processors how many processors the JVM may use, at least 1
 */
public record CpuUse(long nanos, int processors) {

  /** Above this share of its processors, the load generator itself may limit the throughput. */
  public static final double BOTTLENECK_SHARE = 0.85;

  /** Returns the processor time this JVM has used so far in nanoseconds, 0 where unknown. */
  static long processNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime())
        : 0;
  }

  /**
   * Measures the use since a moment.
   *
   * @param startNanos what {@link #processNanos} returned then
   * @param most how many processors were to be used at most, 0 for all
   */
  static CpuUse since(long startNanos, int most) {
    int available = Runtime.getRuntime().availableProcessors();
    return new CpuUse(
        Math.max(0, processNanos() - startNanos),
        most == 0 ? available : Math.min(available, most));
  }

  /**
   * Returns the processor time used as a share of the time available on these processors.
   *
   * @param elapsedNanos the length of the run in nanoseconds
   * @return 0 to about 1
   */
  public double share(long elapsedNanos) {
    return elapsedNanos <= 0 ? 0 : (double) nanos / elapsedNanos / processors;
  }
}
