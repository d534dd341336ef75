package io.gb.leaks.dump;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Dumps the heap of this JVM. */
public final class HeapDumper {

  private HeapDumper() {}

  /**
   * Collects garbage and writes all live objects to a file that only its owner can read.
   *
   * @param file where to; must not exist, and its name must end in {@code .hprof}
   * @throws IOException if it cannot be written
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  public static void dumpLive(Path file) throws IOException {
    bean().dumpHeap(file.toAbsolutePath().toString(), true);
  }

  private static HotSpotDiagnosticMXBean bean() {
    @Nullable HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      throw new UnsupportedOperationException("needs a HotSpot JVM");
    }
    return bean;
  }
}
