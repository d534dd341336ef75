package io.gb.leaks;

import io.gb.leaks.dump.HeapDumper;
import io.gb.leaks.proof.MonitorOwners;
import io.gb.leaks.proof.Testimony;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look at this JVM: what each platform thread has done so far, and a heap dump with what the JVM
 * said in front of it and behind it. The dump is in a private folder until this is closed.
 */
final class Sample implements AutoCloseable {

  /**
   * How far a platform thread has come. While it stays in one wait, nothing of this changes.
   *
   * @param waited how often it has waited
   * @param blocked how often it has stood at the entrance of a monitor
   */
  record Progress(long waited, long blocked) {}

  private final Map<Long, Progress> progress = progress();
  private final Path folder = Files.createTempDirectory("thread-leaks");
  private final Path dump = folder.resolve("heap.hprof");
  private final Testimony testimony;

  private Sample() throws IOException {
    // For a JVM that is told to end meanwhile. It deletes in reverse.
    folder.toFile().deleteOnExit();
    dump.toFile().deleteOnExit();
    try {
      Testimony before = testimonyNow();
      HeapDumper.dumpLive(dump);
      testimony = before.and(testimonyNow());
    } catch (IOException | RuntimeException | Error e) {
      try {
        close();
      } catch (IOException notDeleted) {
        e.addSuppressed(notDeleted);
      }
      throw e;
    }
  }

  /** Takes one. */
  static Sample take() throws IOException {
    return new Sample();
  }

  private static Testimony testimonyNow() throws IOException {
    return new Testimony(ThisJvm.compiledCode(), MonitorOwners.ofThisJvm());
  }

  static Map<Long, Progress> progress() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    Map<Long, Progress> progress = new HashMap<>();
    for (@Nullable ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (info != null) {
        progress.put(
            info.getThreadId(), new Progress(info.getWaitedCount(), info.getBlockedCount()));
      }
    }
    return progress;
  }

  /** What the threads had done when the sample began. */
  Map<Long, Progress> before() {
    return progress;
  }

  Path dump() {
    return dump;
  }

  Testimony testimony() {
    return testimony;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(dump);
    Files.delete(folder);
  }
}
