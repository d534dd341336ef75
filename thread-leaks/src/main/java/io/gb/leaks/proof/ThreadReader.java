package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.Frame;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.LongList;
import io.gb.leaks.dump.ThreadRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the Thread objects of a dump what each thread does. Whatever it does not recognise
 * counts as running: that can hide a leak, but never invent one.
 */
final class ThreadReader {

  private static final int ALIVE = 0x1;
  private static final int RUNNABLE = 0x4;
  private static final int WAITING_INDEFINITELY = 0x10;
  private static final int WAITING_WITH_TIMEOUT = 0x20;
  private static final int SLEEPING = 0x40;
  private static final int IN_OBJECT_WAIT = 0x100;
  private static final int PARKED = 0x200;
  private static final int BLOCKED_ON_MONITOR = 0x400;

  /** The names of the states that this class understands; their numbers are read from the dump. */
  private static final Set<String> VIRTUAL_STATES =
      Set.of(
          "NEW",
          "STARTED",
          "RUNNING",
          "PARKING",
          "PARKED",
          "PINNED",
          "TIMED_PARKING",
          "TIMED_PARKED",
          "TIMED_PINNED",
          "UNPARKED",
          "YIELDING",
          "YIELDED",
          "BLOCKING",
          "BLOCKED",
          "UNBLOCKED",
          "WAITING",
          "WAIT",
          "TIMED_WAITING",
          "TIMED_WAIT",
          "TERMINATED");

  private final HeapDump dump;
  private final Set<Rule> rules;
  private final Map<Long, String> virtualStates = new HashMap<>();

  /** The platform thread on which a virtual one is mounted. */
  private final Map<Integer, Integer> carriers = new HashMap<>();

  /** The ids of threads that count as running whatever the dump says. */
  private final Set<Long> running;

  ThreadReader(HeapDump dump, Set<Rule> rules, Set<Long> running) {
    this.dump = dump;
    this.rules = rules;
    this.running = running;
    ClassInfo virtualThread = dump.bootClass("java.lang.VirtualThread");
    if (virtualThread != null) {
      for (String name : VIRTUAL_STATES) {
        long number = dump.staticNumber(virtualThread, name, -1);
        if (number >= 0) {
          virtualStates.put(number, name);
        }
      }
    }
  }

  /** Whether the JDK of the dump tells a virtual thread with a limit of time from one without. */
  boolean knowsVirtualThreads() {
    return virtualStates.containsValue("TIMED_PARKED");
  }

  /** The state of a virtual thread by its name in the JDK, or {@code ?}. */
  String virtualState(int thread) {
    return virtualStates.getOrDefault(dump.number(thread, "state", -1), "?");
  }

  /** All started threads, each once. */
  List<ThreadNode> read() {
    Map<Integer, ThreadRecord> records = new LinkedHashMap<>();
    for (ThreadRecord record : dump.threads()) {
      int object = dump.find(record.id());
      if (object >= 0 && records.putIfAbsent(object, record) == null) {
        int carrier = isVirtual(object) ? dump.follow(object, "carrierThread") : -1;
        if (carrier >= 0) {
          carriers.put(object, carrier);
        }
      }
    }
    Map<Integer, ThreadNode> nodes = new LinkedHashMap<>();
    records.forEach((object, record) -> nodes.put(object, node(nodes.size(), record, object)));
    carriers.forEach((rider, carrier) -> join(nodes.get(rider), nodes.get(carrier)));
    return List.copyOf(nodes.values());
  }

  private void join(@Nullable ThreadNode above, @Nullable ThreadNode below) {
    if (above != null && below != null && rules.contains(Rule.CARRIER_JOINS_ITS_THREAD)) {
      above.carrier = below;
      below.rider = above;
    }
  }

  private boolean isVirtual(int object) {
    ClassInfo c = dump.classOf(object);
    return c != null && c.isA("java.lang.VirtualThread");
  }

  private ThreadNode node(int number, ThreadRecord record, int object) {
    boolean virtual = isVirtual(object);
    if (running.contains(dump.number(object, "tid", -1))) {
      return running(number, record, object, virtual, "?", Waiting.NOT, "has moved");
    }
    return virtual ? virtualNode(number, record, object) : platformNode(number, record, object);
  }

  /** Whether a platform thread was started and is not over. */
  static boolean isAlive(HeapDump dump, int thread) {
    return (status(dump, thread) & ALIVE) != 0;
  }

  private static int status(HeapDump dump, int thread) {
    int holder = dump.follow(thread, "holder");
    return (int) dump.number(holder >= 0 ? holder : thread, "threadStatus", 0);
  }

  private ThreadNode platformNode(int number, ThreadRecord record, int object) {
    int status = status(dump, object);
    if ((status & ALIVE) == 0) {
      return running(number, record, object, false, "STARTING", Waiting.UNKNOWN, "starts or ends");
    }
    if ((status & RUNNABLE) != 0) {
      List<Frame> frames = dump.frames(record);
      return frames.isEmpty() || frames.get(0).isNative()
          ? running(number, record, object, false, "RUNNABLE", Waiting.NATIVE, "in native code")
          : running(number, record, object, false, "RUNNABLE", Waiting.NOT, "runs");
    }
    if ((status & (WAITING_WITH_TIMEOUT | SLEEPING)) != 0) {
      return timed(number, record, object, false, (status & PARKED) != 0);
    }
    if ((status & (BLOCKED_ON_MONITOR | WAITING_INDEFINITELY)) != 0
        && carriers.containsValue(object)) {
      // Whatever it waits for is what its virtual thread waits for.
      return parked(number, record, object, false);
    }
    if ((status & BLOCKED_ON_MONITOR) != 0) {
      return entrance(number, record, object, false);
    }
    if ((status & WAITING_INDEFINITELY) == 0) {
      return running(
          number, record, object, false, "?", Waiting.UNKNOWN, "its state is unknown: " + status);
    }
    if (isInterrupted(object)) {
      return running(number, record, object, false, "WAITING", Waiting.NOT, "was interrupted");
    }
    if ((status & PARKED) != 0) {
      return parked(number, record, object, false);
    }
    return (status & IN_OBJECT_WAIT) != 0
        ? monitor(number, record, object, false)
        : running(
            number, record, object, false, "WAITING", Waiting.UNKNOWN, "waits in an unknown way");
  }

  private ThreadNode virtualNode(int number, ThreadRecord record, int object) {
    if (!knowsVirtualThreads()) {
      return running(
          number, record, object, true, "?", Waiting.UNKNOWN, "its JDK does not tell its state");
    }
    String state = virtualState(object);
    boolean blocked = state.equals("BLOCKED");
    if (state.startsWith("TIMED")) {
      return timed(number, record, object, true, !state.contains("WAIT"));
    }
    if (!blocked && isInterrupted(object)) {
      return running(number, record, object, true, state, Waiting.NOT, "was interrupted");
    }
    if (rules.contains(Rule.PERMIT_RUNS) && hasPermit(object, state)) {
      return running(number, record, object, true, state, Waiting.NOT, "is about to run");
    }
    return switch (state) {
      case "PARKED", "PINNED" -> parked(number, record, object, true);
      case "WAIT" -> monitor(number, record, object, true);
      case "BLOCKED" -> entrance(number, record, object, true);
      case "RUNNING" -> mounted(number, record, object);
      case "?" ->
          running(number, record, object, true, state, Waiting.UNKNOWN, "its state is unknown");
      default -> running(number, record, object, true, "RUNNABLE", Waiting.NOT, "runs");
    };
  }

  /** One that waits for a monitor but cannot leave its carrier counts as running for the JDK. */
  private ThreadNode mounted(int number, ThreadRecord record, int object) {
    int carrier = carriers.getOrDefault(object, -1);
    int status = carrier < 0 ? 0 : status(dump, carrier);
    if ((status & BLOCKED_ON_MONITOR) != 0) {
      return entrance(number, record, object, true);
    }
    return (status & IN_OBJECT_WAIT) != 0 && (status & WAITING_INDEFINITELY) != 0
        ? monitor(number, record, object, true)
        : running(number, record, object, true, "RUNNABLE", Waiting.NOT, "runs");
  }

  private boolean isInterrupted(int thread) {
    return rules.contains(Rule.INTERRUPTED_RUNS) && dump.number(thread, "interrupted", 0) != 0;
  }

  /** The permit for what it waits for: those of earlier waits may be left over. */
  private boolean hasPermit(int thread, String state) {
    return switch (state) {
      case "PARKED", "PINNED" -> isSet(thread, "parkPermit");
      case "BLOCKED" -> isSet(thread, "blockPermit") || isToBeUnblocked(thread);
      case "WAIT" -> isSet(thread, "notified") || isToBeUnblocked(thread);
      default -> false;
    };
  }

  private boolean isToBeUnblocked(int thread) {
    return isSet(thread, "onWaitingList") || dump.follow(thread, "next") >= 0;
  }

  private boolean isSet(int thread, String field) {
    return dump.number(thread, field, 0) != 0;
  }

  private ThreadNode timed(
      int number, ThreadRecord record, int object, boolean virtual, boolean parked) {
    if (!rules.contains(Rule.CLOCK_WAKES)) {
      return blocked(
          number, record, object, virtual, Waiting.PARKED, new int[] {object}, blocker(object));
    }
    return running(
        number,
        record,
        object,
        virtual,
        "TIMED_WAITING",
        Waiting.TIMED,
        parked ? "parks with a limit" : "sleeps or waits with a limit");
  }

  private ThreadNode parked(int number, ThreadRecord record, int object, boolean virtual) {
    return blocked(
        number, record, object, virtual, Waiting.PARKED, new int[] {object}, blocker(object));
  }

  private int blocker(int thread) {
    return dump.follow(thread, "parkBlocker");
  }

  private ThreadNode monitor(int number, ThreadRecord record, int object, boolean virtual) {
    int monitor = monitor(record, object);
    if (monitor < 0 && rules.contains(Rule.UNKNOWN_MONITOR_RUNS)) {
      return running(
          number,
          record,
          object,
          virtual,
          "WAITING",
          Waiting.UNKNOWN,
          "the dump does not show on which monitor it waits");
    }
    if (monitor >= 0
        && dump.typeName(monitor).equals("java.lang.String")
        && rules.contains(Rule.TEXT_NAMES_A_STRING)) {
      return running(
          number,
          record,
          object,
          virtual,
          "WAITING",
          Waiting.UNKNOWN,
          "whoever knows the text may get the string on which it waits from the JVM");
    }
    int[] keys =
        monitor >= 0 && rules.contains(Rule.MONITOR_IS_A_KEY)
            ? new int[] {monitor, object}
            : new int[] {object};
    return blocked(number, record, object, virtual, Waiting.MONITOR, keys, monitor);
  }

  /**
   * The object on which a thread waits: what the frames of {@code Object.wait} refer to. Their only
   * other reference is the current thread, so exactly one that is not the thread must be there.
   * {@code Thread.join} waits at the thread it is called on and refers to nothing else; it tells
   * even where {@code wait} is native all the way, before JDK 19, and where a thread joins itself.
   */
  private int monitor(ThreadRecord record, int thread) {
    List<Frame> frames = dump.frames(record);
    int depth = 0;
    while (depth < frames.size()
        && frames.get(depth).className().equals("java.lang.Object")
        && frames.get(depth).method().startsWith("wait")) {
      depth++;
    }
    if (depth > 0 && depth < frames.size() && frames.get(depth).is("java.lang.Thread", "join")) {
      return onlyRoot(record, depth, depth + 1, 0);
    }
    int found = onlyRoot(record, 0, depth, record.id());
    return found == thread ? -1 : found;
  }

  /** What the frames of some depths refer to, one object but for another one; or -1. */
  private int onlyRoot(ThreadRecord record, int from, int to, long except) {
    int found = -1;
    LongList roots = record.roots();
    for (int i = 0; i < roots.size(); i++) {
      if (record.depth(i) >= from && record.depth(i) < to && roots.get(i) != except) {
        int root = dump.find(roots.get(i));
        if (root < 0 || (found >= 0 && found != root)) {
          return -1;
        }
        found = root;
      }
    }
    return found;
  }

  private ThreadNode entrance(int number, ThreadRecord record, int object, boolean virtual) {
    return blocked(number, record, object, virtual, Waiting.ENTRANCE, new int[0], -1);
  }

  private static ThreadNode blocked(
      int number,
      ThreadRecord record,
      int object,
      boolean virtual,
      Waiting waiting,
      int[] keys,
      int blocker) {
    String state = waiting == Waiting.ENTRANCE ? "BLOCKED" : "WAITING";
    return new ThreadNode(number, record, object, virtual, state, waiting, "", keys, blocker);
  }

  private static ThreadNode running(
      int number,
      ThreadRecord record,
      int object,
      boolean virtual,
      String state,
      Waiting waiting,
      String note) {
    return new ThreadNode(number, record, object, virtual, state, waiting, note, new int[0], -1);
  }
}
