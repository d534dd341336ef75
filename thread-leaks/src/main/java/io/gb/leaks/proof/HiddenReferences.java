package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames of compiled code that may hold a reference that the dump does not show. There
 * are two cases:
 *
 * <ul>
 *   <li>The optimizing compiler replaces an object that never leaves its method by its fields. They
 *       are in registers, and the dump has null where the object would be. The object may be a
 *       local of the frame that is listed as compiled, or of any frame above it, which may have
 *       been inlined: so all of these are suspect.
 *   <li>Both compilers may read a field once before a loop, and another thread may clear the field
 *       during the loop. No compiler moves such a read across a call: so only threads that run are
 *       suspect.
 * </ul>
 */
final class HiddenReferences {

  /**
   * The methods in which idle threads of the JDK wait. Each has only its arguments, what it has
   * read from the heap, nodes that it puts into the heap before it waits, and events for the flight
   * recorder, which hold a number. So there is no object with references in them that the compiler
   * could replace by its fields.
   */
  static final Map<String, Set<String>> IDLE =
      Map.ofEntries(
          Map.entry("java.lang.Object", Set.of("wait")),
          Map.entry("java.lang.System$1", Set.of("parkVirtualThread")),
          Map.entry("java.lang.Thread", Set.of("run", "runWith")),
          Map.entry("java.lang.VirtualThread", Set.of("park", "run", "yieldContinuation")),
          Map.entry("java.lang.VirtualThread$VThreadContinuation$1", Set.of("run")),
          Map.entry("jdk.internal.vm.Continuation", Set.of("enter", "enter0", "yield", "yield0")),
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

  /** The versions of the JDK for which {@link #IDLE} holds; a test reads their bytecode. */
  private static final Set<Integer> VERSIONS = Set.of(17, 25);

  private final CompiledCode code;
  private final Set<Long> shown;
  private final boolean idleIsKnown;

  /**
   * Prepares to look at frames.
   *
   * @param shown ids of threads that wait and of which an escape barrier has shown all objects
   */
  HiddenReferences(CompiledCode code, Set<Long> shown, int feature) {
    this.code = code;
    this.shown = shown;
    idleIsKnown = VERSIONS.contains(feature);
  }

  /**
   * The frame of a thread that may hide a reference.
   *
   * @param id the id of the thread
   * @param frames the frames of the thread, the top one first
   * @return the outermost such frame, or null
   */
  @Nullable Frame suspect(ThreadNode thread, long id, List<Frame> frames) {
    // The frames of a carrier end where it has called its virtual thread.
    boolean mayRun = thread.mayRun() && thread.rider == null;
    boolean rests = !(mayRun && startsInJava(frames)) && shown.contains(id);
    return rests ? null : suspect(mayRun, frames);
  }

  private static boolean startsInJava(List<Frame> frames) {
    return !frames.isEmpty() && !frames.get(0).isNative();
  }

  @Nullable Frame suspect(boolean mayRun, List<Frame> frames) {
    boolean runs = mayRun && startsInJava(frames);
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
