package io.gb.leaks.jvm;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.Thread.State;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump behind an {@link EscapeBarrier}, with what each platform thread had done just before
 * the barrier and right after the dump. The dump shows all that the compiled frames of a thread
 * hold if the thread has not run in between. Immutable. It is also an agent that takes such a dump
 * of another JVM; it uses nothing but the JDK and {@link EscapeBarrier}.
 *
 * @param missing why there was no barrier, without a full stop; empty if there was, or if none was
 *     needed
 * @param before by thread id, how often the thread had waited and for how long it had run; without
 *     the threads of which the JVM does not tell this exactly
 * @param after the same after the dump
 */
public record BarrierDump(String missing, Map<Long, String> before, Map<Long, String> after) {

  /** The name of the file in which the agent says what is known of the dump. */
  static final String RESULT = "dumped.txt";

  private static final String BEFORE = "before ";
  private static final String AFTER = "after ";

  /** Before the name of the file that the agent is to write: wait for a quiet moment. */
  static final String QUIET = "quiet:";

  private static final long WATCH_NANOS = 1_200_000_000;
  private static final long POLL_NANOS = 5_000_000;
  private static final long REST_NANOS = 10_000_000;
  private static final int PROBES = 5;
  private static final long PROBE_NANOS = 20_000;

  /** Copies the maps. */
  public BarrierDump {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /**
   * {@return what is known of a dump that the JVM has written by other means}
   *
   * @param missing why there was no barrier
   */
  static BarrierDump without(String missing) {
    return new BarrierDump(missing, Map.of(), Map.of());
  }

  /** The ids of the threads that have not run since before the barrier; none without a barrier. */
  Set<Long> resting() {
    Map<Long, String> resting = new HashMap<>(missing.isEmpty() ? before : Map.of());
    resting.entrySet().retainAll(after.entrySet());
    return Set.copyOf(resting.keySet());
  }

  /**
   * Raises the barrier in this JVM, collects garbage, and writes all live objects to a file that
   * only its owner can read. A thread of its own does so, which knows nothing of the program, while
   * the calling thread rests.
   *
   * @param file where to write; must not exist, and its name must end in {@code .hprof}
   * @param barrier whether the barrier is needed
   * @param quiet whether to wait some seconds for a moment in which the threads rest that run now
   *     and then
   * @throws IOException if the file cannot be written
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  static BarrierDump take(Path file, boolean barrier, boolean quiet) throws IOException {
    HotSpotDiagnosticMXBean bean = diagnostics();
    Thread caller = Thread.currentThread();
    FutureTask<BarrierDump> task =
        new FutureTask<>(() -> {
          awaitRest(caller);
          if (quiet) {
            awaitQuiet();
          }
          return write(bean, file.toAbsolutePath().toString(), barrier);
        });
    Thread dumper = new Thread(null, task, "gb-heap-dump", 0, false);
    dumper.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          dumper.join();
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      if (interrupted) {
        caller.interrupt();
      }
    }
  }

  /** If the other thread does not come to rest in time, it does not count as resting. */
  private static void awaitRest(Thread caller) {
    long end = System.nanoTime() + REST_NANOS;
    while (caller.getState() != State.WAITING && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    LockSupport.parkNanos(REST_NANOS);
  }

  /**
   * Waits until the thread has run after which no other one ran for the longest time: most threads
   * that run now and then do so at regular intervals.
   */
  private static void awaitQuiet() {
    long start = System.nanoTime();
    long moved = start;
    long longest = 0;
    Set<Long> movers = Set.of();
    Set<Long> best = Set.of();
    Map<Long, String> last = activity();
    for (long at = start; at - start < 2 * WATCH_NANOS; at = System.nanoTime()) {
      LockSupport.parkNanos(POLL_NANOS);
      Map<Long, String> changed = new HashMap<>(activity());
      Map<Long, String> now = Map.copyOf(changed);
      changed.entrySet().removeAll(last.entrySet());
      last = now;
      if (at - start > WATCH_NANOS) {
        if (best.isEmpty() || !Collections.disjoint(best, changed.keySet())) {
          return;
        }
      } else if (!movers.isEmpty() && at - moved > longest) {
        longest = at - moved;
        best = movers;
      }
      if (!changed.isEmpty()) {
        movers = changed.keySet();
        moved = at;
      }
    }
  }

  private static BarrierDump write(HotSpotDiagnosticMXBean bean, String file, boolean barrier)
      throws IOException {
    Map<Long, String> before = activity();
    String missing = barrier ? EscapeBarrier.raise() : "";
    bean.dumpHeap(file, true);
    return new BarrierDump(missing, before, activity());
  }

  static HotSpotDiagnosticMXBean diagnostics() {
    @Nullable HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      throw new UnsupportedOperationException("needs a HotSpot JVM");
    }
    return bean;
  }

  @SuppressWarnings("deprecation") // threadId() came with 19.
  private static long id() {
    return Thread.currentThread().getId();
  }

  /** The thread that dumps holds only what its Thread object and static fields refer to. */
  private static Map<Long, String> activity() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    boolean exact = tellsProcessorTime(bean);
    Map<Long, String> activity = new HashMap<>();
    activity.put(id(), "dumps");
    for (@Nullable ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
      // Only its processor time shows that a thread has returned from native code.
      if (info != null
          && info.getThreadId() != id()
          && (exact || info.getThreadState() != State.RUNNABLE)) {
        long waits = info.getWaitedCount() + info.getBlockedCount();
        long nanos = exact ? bean.getThreadCpuTime(info.getThreadId()) : 0;
        if (nanos >= 0) { // The thread may have ended meanwhile, or the JVM does not tell it.
          activity.put(info.getThreadId(), waits + " waits " + nanos + " ns");
        }
      }
    }
    return activity;
  }

  /** Some systems count the processor time of a thread in ticks that are longer than many runs. */
  private static boolean tellsProcessorTime(ThreadMXBean bean) {
    boolean tells = bean.isCurrentThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled();
    for (int i = 0; tells && i < PROBES; i++) {
      long before = bean.getCurrentThreadCpuTime();
      long end = System.nanoTime() + PROBE_NANOS;
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      tells = bean.getCurrentThreadCpuTime() > before;
    }
    return tells;
  }

  /** Writes the agent: a jar of this class and of the one that it uses. */
  static void writeAgent(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", BarrierDump.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> c : List.of(BarrierDump.class, EscapeBarrier.class)) {
        String name = c.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = requireNonNull(c.getResourceAsStream("/" + name))) {
          in.transferTo(out);
        }
      }
    }
  }

  /**
   * Called in another JVM when it has loaded this class as an agent. Writes a dump, and beside it
   * what is known of it; or only there why there is no dump.
   *
   * <p>It throws nothing, which that JVM would print. Without the file, whoever has loaded the
   * agent takes a dump by other means.
   *
   * @param file the dump to write, behind {@link #QUIET} to wait for a quiet moment
   */
  public static void agentmain(String file) {
    boolean quiet = file.startsWith(QUIET);
    Path dump = Path.of(quiet ? file.substring(QUIET.length()) : file);
    BarrierDump taken;
    try {
      taken = take(dump, true, quiet);
    } catch (IOException | RuntimeException | LinkageError e) {
      taken = without(e.toString());
    }
    List<String> lines = new ArrayList<>(List.of(taken.missing.lines().collect(joining(" "))));
    taken.before.forEach((id, activity) -> lines.add(BEFORE + id + " " + activity));
    taken.after.forEach((id, activity) -> lines.add(AFTER + id + " " + activity));
    try {
      Files.write(dump.resolveSibling(RESULT), lines);
    } catch (IOException e) {
      // Whoever has loaded the agent has gone, with the folder, or the disk is full.
    }
  }

  /** Reads what the agent has written. */
  static BarrierDump read(Path result) throws IOException {
    List<String> lines = Files.readAllLines(result);
    return new BarrierDump(lines.get(0), map(lines, BEFORE), map(lines, AFTER));
  }

  private static Map<Long, String> map(List<String> lines, String kind) {
    Map<Long, String> map = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith(kind)) {
        String[] words = line.substring(kind.length()).split(" ", 2);
        map.put(Long.valueOf(words[0]), words[1]);
      }
    }
    return map;
  }
}
