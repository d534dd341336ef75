package io.gb.leaks;

import io.gb.leaks.dump.HeapDumper;
import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A look at this JVM: what each platform thread has done so far, and a proof from a heap dump. */
final class Sample {

  /**
   * How far a platform thread has come. While it stays in one wait, nothing of this changes.
   *
   * @param waited how often it has waited
   * @param blocked how often it has stood at the entrance of a monitor
   * @param owner the thread that owns the monitor at whose entrance it stands, or -1
   */
  record Progress(long waited, long blocked, long owner) {}

  private final Map<Long, Progress> progress;
  private final Proof proof;

  private Sample(Map<Long, Progress> progress, Proof proof) {
    this.progress = progress;
    this.proof = proof;
  }

  /** Takes one. The dump goes to a private folder and is deleted again. */
  static Sample take() throws IOException {
    Map<Long, Progress> progress = progress();
    Map<Long, Long> owners = new HashMap<>();
    progress.forEach((thread, p) -> {
      if (p.owner() >= 0) {
        owners.put(thread, p.owner());
      }
    });
    Path folder = Files.createTempDirectory("thread-leaks");
    Path file = folder.resolve("heap.hprof");
    try {
      CompiledCode before = ThisJvm.compiledCode();
      HeapDumper.dumpLive(file);
      CompiledCode code = before.and(ThisJvm.compiledCode());
      return new Sample(progress, Prover.prove(file, owners, code));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  static Map<Long, Progress> progress() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    Map<Long, Progress> progress = new HashMap<>();
    for (@Nullable ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (info != null) {
        long owner = info.getThreadState() == Thread.State.BLOCKED ? info.getLockOwnerId() : -1;
        progress.put(
            info.getThreadId(), new Progress(info.getWaitedCount(), info.getBlockedCount(), owner));
      }
    }
    return progress;
  }

  /** What the threads had done when the sample began. */
  Map<Long, Progress> before() {
    return progress;
  }

  Proof proof() {
    return proof;
  }
}
