package io.gb.leaks.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which thread owns the monitor at whose entrance another one stands. A heap dump does not show it.
 * Threads go by {@link Thread#getId()}. Immutable.
 */
public final class MonitorOwners {

  /**
   * Where a thread stands.
   *
   * @param monitor the identity of the monitor, {@code package.Class@hash}
   * @param owner the thread that owns it
   */
  public record Entrance(String monitor, long owner) {}

  private final Map<Long, Entrance> entrances;

  private MonitorOwners(Map<Long, Entrance> entrances) {
    this.entrances = Map.copyOf(entrances);
  }

  /** What is known if there is nothing but a dump. */
  public static MonitorOwners unknown() {
    return new MonitorOwners(Map.of());
  }

  /** Those that are known from elsewhere, by the thread that stands at an entrance. */
  public static MonitorOwners of(Map<Long, Entrance> entrances) {
    return new MonitorOwners(entrances);
  }

  /**
   * Reads a thread dump in JSON, as {@code jcmd Thread.dump_to_file -format=json} writes it.
   *
   * @param lines the lines of it
   * @return what it says; nothing if it is of a JDK that does not tell, or in another layout
   */
  public static MonitorOwners parse(Stream<String> lines) {
    Parser parser = new Parser();
    lines.forEach(line -> parser.line(line.strip()));
    return parser.owners();
  }

  /** What both say. */
  public MonitorOwners and(MonitorOwners other) {
    Map<Long, Entrance> both = new HashMap<>(entrances);
    both.entrySet().retainAll(other.entrances.entrySet());
    return new MonitorOwners(both);
  }

  /** Where a thread stands, or null if that is not known. */
  public @Nullable Entrance at(long thread) {
    return entrances.get(thread);
  }

  /** All that is known, by the thread that stands at an entrance. */
  public Map<Long, Entrance> entrances() {
    return entrances;
  }

  /**
   * The JDK writes each property in a line of its own. A string has no quote and no end of line in
   * it that is not escaped, so that no name can pass for a property.
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

    /** Who was notified stands at the entrance of what it waited for, which the JDK leaves out. */
    private void addNotified() {
      for (long waiter : blocked) {
        Set<String> listed = owned.getOrDefault(waiter, Set.of());
        if (!standsAt.containsKey(waiter) && listed.size() == 1) {
          standsAt.put(waiter, listed.iterator().next());
        }
      }
    }

    /** The JDK lists what a thread waits for among what it owns, though it does not own it. */
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
        // Two objects may have one hash: then nobody knows which of them is meant.
        if (owners.size() == 1) {
          entrances.put(waiter, new Entrance(monitor, owners.iterator().next()));
        }
      });
      return new MonitorOwners(entrances);
    }
  }
}
