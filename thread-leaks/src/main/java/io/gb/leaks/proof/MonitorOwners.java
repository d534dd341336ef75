package io.gb.leaks.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which thread owns the monitor that another thread waits to enter. A heap dump does not show it.
 * Threads are named by their {@link Thread#getId()}. Immutable.
 *
 * @param entrances for each thread that waits to enter a monitor, which monitor; threads for which
 *     this is unknown are missing
 */
public record MonitorOwners(Map<Long, Entrance> entrances) {

  /**
   * The entrance of a monitor, where a thread waits.
   *
   * @param monitor the identity of the monitor, {@code package.Class@hash}
   * @param owner the thread that owns it
   */
  public record Entrance(String monitor, long owner) {}

  /** Copies the map. */
  public MonitorOwners {
    entrances = Map.copyOf(entrances);
  }

  /** {@return the value where only a dump is known: no owner} */
  public static MonitorOwners unknown() {
    return new MonitorOwners(Map.of());
  }

  /**
   * Reads a thread dump in JSON, as {@code jcmd Thread.dump_to_file -format=json} writes it.
   *
   * @param lines its lines
   * @return what it says; nothing if the JDK does not show owners or writes another layout
   */
  public static MonitorOwners parse(Stream<String> lines) {
    Parser parser = new Parser();
    lines.forEach(line -> parser.line(line.strip()));
    return parser.owners();
  }

  /**
   * {@return what two answers agree in}
   *
   * @param other the other answer
   */
  public MonitorOwners and(MonitorOwners other) {
    Map<Long, Entrance> both = new HashMap<>(entrances);
    both.entrySet().retainAll(other.entrances.entrySet());
    return new MonitorOwners(both);
  }

  /**
   * Reads the dump line by line: the JDK writes each property in a line of its own. It escapes
   * quotes and line ends in strings, so no thread name can be mistaken for a property.
   */
  private static final class Parser {

    private long thread = -1;
    private boolean inLocks;
    private final Map<Long, String> standsAt = new HashMap<>();
    private final Map<Long, String> waitsFor = new HashMap<>();
    private final Map<Long, Set<String>> owned = new HashMap<>();
    private final Set<Long> blocked = new HashSet<>();

    void line(String line) {
      if (inLocks) {
        inLocks = !line.startsWith("]");
        if (line.startsWith("\"")) {
          owned.computeIfAbsent(thread, t -> new HashSet<>()).add(text(line));
        }
      } else if (line.startsWith("\"tid\": ")) {
        thread = number(value(line));
      } else if (line.startsWith("\"state\": ")) {
        if (text(value(line)).equals("BLOCKED")) {
          blocked.add(thread);
        }
      } else if (line.startsWith("\"blockedOn\": ")) {
        standsAt.put(thread, text(value(line)));
      } else if (line.startsWith("\"waitingOn\": ")) {
        waitsFor.put(thread, text(value(line)));
      } else {
        inLocks = line.equals("\"locks\": [");
      }
    }

    private static String value(String line) {
      return line.substring(line.indexOf(": ") + 2);
    }

    private static String text(String quoted) {
      return quoted.replaceAll("^\"|\"?,?$", "");
    }

    private static long number(String text) {
      String digits = text(text);
      return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }

    /** A thread that was notified waits to enter the monitor again, which the JDK does not list. */
    private void addNotified() {
      for (long waiter : blocked) {
        Set<String> listed = owned.getOrDefault(waiter, Set.of());
        if (!standsAt.containsKey(waiter) && listed.size() == 1) {
          standsAt.put(waiter, listed.iterator().next());
        }
      }
    }

    /** The JDK lists the monitor that a thread waits for among those it owns: that is no owner. */
    private boolean owns(long candidate, String monitor) {
      return !monitor.equals(waitsFor.get(candidate))
          && !monitor.equals(standsAt.get(candidate))
          && (!blocked.contains(candidate) || standsAt.containsKey(candidate));
    }

    MonitorOwners owners() {
      addNotified();
      Map<String, Set<Long>> byMonitor = new HashMap<>();
      owned.forEach((candidate, monitors) -> {
        for (String monitor : monitors) {
          if (owns(candidate, monitor)) {
            byMonitor.computeIfAbsent(monitor, m -> new HashSet<>()).add(candidate);
          }
        }
      });
      Map<Long, Entrance> entrances = new HashMap<>();
      standsAt.forEach((waiter, monitor) -> {
        Set<Long> owners = byMonitor.getOrDefault(monitor, Set.of());
        // Two monitors may have the same hash, and then two owners: neither is known.
        if (owners.size() == 1) {
          entrances.put(waiter, new Entrance(monitor, owners.iterator().next()));
        }
      });
      return new MonitorOwners(entrances);
    }
  }
}
