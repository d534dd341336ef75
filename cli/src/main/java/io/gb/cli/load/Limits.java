package io.gb.cli.load;

import com.sun.management.UnixOperatingSystemMXBean;
import io.gb.cli.command.CommandException;
import io.gb.harness.BenchmarkConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Scanner;

/** Checks before a run whether it will exceed a limit of this machine. */
final class Limits {

  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** Descriptors that the JVM itself may open during a run. */
  private static final int SPARE = 32;

  /** How long the system keeps a port after its connection was closed. */
  private static final int SECONDS_IN_TIME_WAIT = 60;

  private Limits() {}

  /**
   * Refuses a run that needs more file descriptors than there are.
   *
   * @param perConnection how many descriptors of this process a connection takes
   * @throws CommandException with the arithmetic
   */
  static void checkDescriptors(BenchmarkConfig config, int perConnection) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return;
    }
    checkDescriptors(
        config.connection().concurrency(),
        perConnection,
        unix.getOpenFileDescriptorCount(),
        unix.getMaxFileDescriptorCount());
  }

  static void checkDescriptors(int concurrency, int perConnection, long open, long most) {
    long needed = (long) concurrency * perConnection;
    if (most > 0 && open + needed + SPARE > most) {
      throw CommandException.failed(
          String.format(
              Locale.ROOT,
              "-c %d: needs %d file descriptors beside the %d in use and %d to spare, and ulimit -n"
                  + " is %d",
              concurrency,
              needed,
              open,
              SPARE,
              most));
    }
  }

  /** Returns a warning if the local ports may run out; empty if there are enough. */
  static Optional<String> portWarning(BenchmarkConfig config) {
    OptionalLong ports = localPorts();
    // With a time limit, the number of requests is only an upper bound.
    return ports.isEmpty() || config.load().timeLimit() != null
        ? Optional.empty()
        : portWarning(config, ports.getAsLong());
  }

  static Optional<String> portWarning(BenchmarkConfig config, long ports) {
    boolean keepAlive = config.connection().keepAlive();
    long needed = keepAlive ? config.connection().concurrency() : config.load().requests();
    if (needed <= ports) {
      return Optional.empty();
    }
    return Optional.of(
        keepAlive
            ? String.format(
                Locale.ROOT, "-c %d needs as many local ports, and there are %d", needed, ports)
            : String.format(
                Locale.ROOT,
                "without -k, %d requests need as many connections, and there are %d local ports;"
                    + " a closed one can stay taken for %d s, so that more than %d connections a"
                    + " second may fail",
                needed,
                ports,
                SECONDS_IN_TIME_WAIT,
                ports / SECONDS_IN_TIME_WAIT));
  }

  private static OptionalLong localPorts() {
    // Only the first read returns the text, so it must not be for a single byte.
    try (Scanner range = new Scanner(Files.newBufferedReader(PORT_RANGE))) {
      long first = range.nextLong();
      return OptionalLong.of(range.nextLong() - first + 1);
    } catch (IOException | NoSuchElementException e) {
      return OptionalLong.empty(); // Not Linux: the range is unknown.
    }
  }
}
