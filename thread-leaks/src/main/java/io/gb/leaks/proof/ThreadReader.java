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
 * Reads from the Thread objects of a dump what each thread does. What it does not recognise counts
 * as running: that can hide a leak, but never invent one.
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

  /**
   * The states of virtual threads that this class understands, by their names in the JDK. Their
   * numbers differ between versions and are read from the dump.
   */
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

  private static final String CONCURRENT = "java.util.concurrent.";

  /** Methods, without digits in their names, of which the JDK's waits with a limit consist. */
  private static final Set<String> WAITS =
      Set.of(
          "jdk.internal.misc.Unsafe.park",
          "jdk.internal.vm.Continuation.yield",
          "java.lang.VirtualThread.yieldContinuation",
          "java.lang.VirtualThread.parkNanos",
          "java.lang.VirtualThread.parkOnCarrierThread",
          "java.lang.System$.parkVirtualThread",
          CONCURRENT + "locks.LockSupport.parkNanos",
          CONCURRENT + "locks.AbstractQueuedSynchronizer.acquire",
          CONCURRENT + "locks.AbstractQueuedSynchronizer.tryAcquireSharedNanos",
          CONCURRENT + "locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos",
          CONCURRENT + "CountDownLatch.await");

  private final HeapDump dump;
  private final Set<Rule> rules;
  private final Map<Long, String> virtualStates = new HashMap<>();

  /** The platform thread on which a virtual one is mounted. */
  private final Map<Integer, Integer> carriers = new HashMap<>();

  /** The ids of the threads that count as running whatever the dump shows. */
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

  /** Whether the JDK of the dump has different states for waits with and without a time limit. */
  boolean knowsVirtualThreads() {
    return virtualStates.containsValue("TIMED_PARKED");
  }

  /** The JDK's name for the state of a virtual thread, or {@code ?}. */
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

  /** A started thread, of which it is to be found out what it does. */
  private record Started(int number, ThreadRecord record, int object, boolean virtual) {

    ThreadNode running(String state, Waiting waiting, String note) {
      return new ThreadNode(number, record, object, virtual, state, waiting, note, new int[0], -1);
    }

    ThreadNode blocked(Waiting waiting, int[] keys, int blocker) {
      String state = waiting == Waiting.ENTRANCE ? "BLOCKED" : "WAITING";
      return new ThreadNode(number, record, object, virtual, state, waiting, "", keys, blocker);
    }
  }

  private ThreadNode node(int number, ThreadRecord record, int object) {
    Started thread = new Started(number, record, object, isVirtual(object));
    if (running.contains(dump.number(object, "tid", -1))) {
      return thread.running("?", Waiting.NOT, "has moved");
    }
    return thread.virtual() ? virtualNode(thread) : platformNode(thread);
  }

  /** Whether a platform thread was started and has not ended. */
  static boolean isAlive(HeapDump dump, int thread) {
    return (status(dump, thread) & ALIVE) != 0;
  }

  private static int status(HeapDump dump, int thread) {
    int holder = dump.follow(thread, "holder");
    return (int) dump.number(holder >= 0 ? holder : thread, "threadStatus", 0);
  }

  private ThreadNode platformNode(Started thread) {
    int status = status(dump, thread.object());
    if ((status & ALIVE) == 0) {
      return thread.running("STARTING", Waiting.UNKNOWN, "starts or ends");
    }
    if ((status & RUNNABLE) != 0) {
      List<Frame> frames = dump.frames(thread.record());
      return frames.isEmpty() || frames.get(0).isNative()
          ? thread.running("RUNNABLE", Waiting.NATIVE, "in native code")
          : thread.running("RUNNABLE", Waiting.NOT, "runs");
    }
    if ((status & (WAITING_WITH_TIMEOUT | SLEEPING)) != 0) {
      return timed(thread, (status & PARKED) != 0);
    }
    if ((status & (BLOCKED_ON_MONITOR | WAITING_INDEFINITELY)) != 0
        && carriers.containsValue(thread.object())) {
      // A carrier waits for what its virtual thread waits for.
      return parked(thread);
    }
    if ((status & BLOCKED_ON_MONITOR) != 0) {
      return entrance(thread);
    }
    if ((status & WAITING_INDEFINITELY) == 0) {
      return thread.running("?", Waiting.UNKNOWN, "its state is unknown: " + status);
    }
    if (isInterrupted(thread)) {
      return thread.running("WAITING", Waiting.NOT, "was interrupted");
    }
    if ((status & PARKED) != 0) {
      return parked(thread);
    }
    return (status & IN_OBJECT_WAIT) != 0
        ? monitor(thread)
        : thread.running("WAITING", Waiting.UNKNOWN, "waits in an unknown way");
  }

  private ThreadNode virtualNode(Started thread) {
    if (!knowsVirtualThreads()) {
      return thread.running("?", Waiting.UNKNOWN, "its JDK does not tell its state");
    }
    String state = virtualState(thread.object());
    if (state.startsWith("TIMED")) {
      return timed(thread, !state.contains("WAIT"));
    }
    if (!state.equals("BLOCKED") && isInterrupted(thread)) {
      return thread.running(state, Waiting.NOT, "was interrupted");
    }
    if (rules.contains(Rule.PERMIT_RUNS) && hasPermit(thread.object(), state)) {
      return thread.running(state, Waiting.NOT, "is about to run");
    }
    return switch (state) {
      case "PARKED", "PINNED" -> parked(thread);
      case "WAIT" -> monitor(thread);
      case "BLOCKED" -> entrance(thread);
      case "RUNNING" -> mounted(thread);
      case "?" -> thread.running(state, Waiting.UNKNOWN, "its state is unknown");
      default -> thread.running("RUNNABLE", Waiting.NOT, "runs");
    };
  }

  /**
   * A mounted virtual thread. The JDK has it as running also while it waits for a monitor, if it
   * cannot leave its carrier; the state of the carrier shows that.
   */
  private ThreadNode mounted(Started thread) {
    int carrier = carriers.getOrDefault(thread.object(), -1);
    int status = carrier < 0 ? 0 : status(dump, carrier);
    if ((status & BLOCKED_ON_MONITOR) != 0) {
      return entrance(thread);
    }
    return (status & IN_OBJECT_WAIT) != 0 && (status & WAITING_INDEFINITELY) != 0
        ? monitor(thread)
        : thread.running("RUNNABLE", Waiting.NOT, "runs");
  }

  private boolean isInterrupted(Started thread) {
    return rules.contains(Rule.INTERRUPTED_RUNS) && isSet(thread.object(), "interrupted");
  }

  /** Whether it holds the permit for its wait; permits of earlier waits do not count. */
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

  private ThreadNode timed(Started thread, boolean parked) {
    boolean closes = parked && closesExecutor(dump.frames(thread.record()));
    if (!rules.contains(Rule.CLOCK_WAKES)
        || (closes && !isInterrupted(thread) && !isSet(thread.object(), "parkPermit"))) {
      return parked(thread);
    }
    String note = parked ? "parks with a limit" : "sleeps or waits with a limit";
    return thread.running("TIMED_WAITING", Waiting.TIMED, note);
  }

  /**
   * Whether a thread waits for an executor to end. The JDK does that day after day in a loop, which
   * only the end of the executor or an interrupt ends. The frames must be those of such a wait and
   * no others: an executor may also run tasks meanwhile, as the common pool of {@code ForkJoinPool}
   * does, or come from the program.
   */
  private static boolean closesExecutor(List<Frame> frames) {
    int at = 0;
    while (at < frames.size() && WAITS.contains(withoutDigits(frames.get(at)))) {
      at++;
    }
    boolean perTask = isOf("ThreadPerTaskExecutor", "awaitTermination", frames, at);
    if (!perTask && !isOf("ThreadPoolExecutor", "awaitTermination", frames, at)) {
      return false;
    }
    at++;
    if (perTask
        && isOf("ThreadPerTaskExecutor", "awaitTermination", frames, at)
        && frames.get(at).signature().equals("()V")) {
      return true;
    }
    if (isOf("Executors$DelegatedExecutorService", "awaitTermination", frames, at)) {
      at++;
    }
    return isOf("ExecutorService", "close", frames, at);
  }

  private static String withoutDigits(Frame frame) {
    return (frame.className() + "." + frame.method()).replaceAll("[0-9]", "");
  }

  private static boolean isOf(String c, String method, List<Frame> frames, int at) {
    return at < frames.size() && frames.get(at).is(CONCURRENT + c, method);
  }

  private ThreadNode parked(Started thread) {
    int object = thread.object();
    return thread.blocked(Waiting.PARKED, new int[] {object}, dump.follow(object, "parkBlocker"));
  }

  private ThreadNode monitor(Started thread) {
    int monitor = monitor(thread.record(), thread.object());
    if (monitor < 0 && rules.contains(Rule.UNKNOWN_MONITOR_RUNS)) {
      return thread.running(
          "WAITING", Waiting.UNKNOWN, "the dump does not show on which monitor it waits");
    }
    if (monitor >= 0
        && dump.typeName(monitor).equals("java.lang.String")
        && rules.contains(Rule.TEXT_NAMES_A_STRING)) {
      return thread.running(
          "WAITING",
          Waiting.UNKNOWN,
          "whoever knows the text may get the string on which it waits from the JVM");
    }
    int[] keys =
        monitor >= 0 && rules.contains(Rule.MONITOR_IS_A_KEY)
            ? new int[] {monitor, thread.object()}
            : new int[] {thread.object()};
    return thread.blocked(Waiting.MONITOR, keys, monitor);
  }

  /**
   * The object on which a thread waits, or -1. The frames of {@code Object.wait} refer to it and to
   * the current thread and to nothing else, so there must be exactly one object that is not the
   * thread. {@code Thread.join} waits on the thread that it is called on, and its frame refers to
   * nothing else: this shows the object even before JDK 19, where {@code wait} is native all the
   * way, and where a thread joins itself.
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

  /** The only object but one that the frames from one depth to another refer to, or -1. */
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

  private static ThreadNode entrance(Started thread) {
    return thread.blocked(Waiting.ENTRANCE, new int[0], -1);
  }
}
