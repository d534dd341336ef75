package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames of compiled code that may hold a reference of which the dump knows nothing.
 * There are two kinds:
 *
 * <ul>
 *   <li>The optimizing compiler takes an object apart that never leaves its method: what the object
 *       would refer to is in registers, and the dump has null in its place. That object may be a
 *       local of any frame that is compiled together with the one that is listed as compiled: so
 *       all above it are suspect.
 *   <li>Both compilers may read a field ahead of a loop, and someone else may clear the field while
 *       the loop goes on. Nothing is read ahead of a call: so only threads that run are suspect.
 * </ul>
 */
final class HiddenReferences {

  /**
   * Where idle threads of the JDK stand. These methods have only what they were given, what they
   * have read from the heap, and nodes that they put into the heap before they wait. So the
   * compiler has nothing to take apart in them.
   */
  static final Map<String, Set<String>> IDLE =
      Map.ofEntries(
          Map.entry("java.lang.Object", Set.of("wait")),
          Map.entry("java.lang.Thread", Set.of("run", "runWith")),
          Map.entry("java.lang.ref.ReferenceQueue", Set.of("remove", "remove0")),
          Map.entry("java.lang.ref.Reference", Set.of("processPendingReferences")),
          Map.entry("java.lang.ref.Reference$ReferenceHandler", Set.of("run")),
          Map.entry("java.lang.ref.Finalizer$FinalizerThread", Set.of("run")),
          Map.entry("jdk.internal.ref.CleanerImpl", Set.of("run")),
          Map.entry("jdk.internal.misc.InnocuousThread", Set.of("run")),
          Map.entry("java.util.concurrent.ThreadPoolExecutor", Set.of("runWorker", "getTask")),
          Map.entry("java.util.concurrent.ThreadPoolExecutor$Worker", Set.of("run")),
          Map.entry("java.util.concurrent.LinkedBlockingQueue", Set.of("take", "poll")),
          Map.entry(
              "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue",
              Set.of("take", "poll")),
          Map.entry("java.util.concurrent.SynchronousQueue", Set.of("take", "poll", "xfer")),
          Map.entry("java.util.concurrent.SynchronousQueue$Transferer", Set.of("xferLifo")),
          Map.entry("java.util.concurrent.SynchronousQueue$TransferStack", Set.of("transfer")),
          Map.entry("java.util.concurrent.LinkedTransferQueue$DualNode", Set.of("await")),
          Map.entry(
              "java.util.concurrent.locks.LockSupport", Set.of("park", "parkNanos", "parkUntil")),
          Map.entry(
              "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject",
              Set.of("await", "awaitNanos")),
          Map.entry(
              "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionNode",
              Set.of("block")),
          Map.entry("java.util.concurrent.ForkJoinWorkerThread", Set.of("run")),
          Map.entry(
              "java.util.concurrent.ForkJoinPool",
              Set.of("runWorker", "deactivate", "awaitWork", "managedBlock", "unmanagedBlock")));

  /** The versions of the JDK whose code was read, and is read by a test, for {@link #IDLE}. */
  private static final Set<Integer> READ = Set.of(17, 25);

  private final CompiledCode code;
  private final boolean idleIsKnown;

  HiddenReferences(CompiledCode code, int feature) {
    this.code = code;
    idleIsKnown = READ.contains(feature);
  }

  /**
   * The frame of a thread that may hold something hidden.
   *
   * @param frames the frames of the thread, the top one first
   * @return the outermost one, or null
   */
  @Nullable Frame suspect(ThreadNode thread, List<Frame> frames) {
    boolean mayRun = thread.waiting == Waiting.NOT || thread.waiting == Waiting.UNKNOWN;
    // A carrier has called its rider, whose frames are on record as its own.
    return suspect(mayRun && thread.rider == null, frames);
  }

  @Nullable Frame suspect(boolean mayRun, List<Frame> frames) {
    boolean runs = mayRun && !frames.isEmpty() && !frames.get(0).isNative();
    Frame suspect = null;
    boolean idle = idleIsKnown;
    for (Frame frame : frames) {
      idle &= frame.isNative() || isIdle(frame);
      if (runs ? code.isCompiled(frame) : code.isTakenApart(frame) && !idle) {
        suspect = frame;
      }
    }
    return suspect;
  }

  private static boolean isIdle(Frame frame) {
    return IDLE.getOrDefault(frame.className(), Set.of()).contains(frame.method());
  }
}
