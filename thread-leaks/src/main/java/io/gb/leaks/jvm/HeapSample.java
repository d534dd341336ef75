package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A heap dump, with what its JVM said of itself at that time.
 *
 * @param dump the file
 * @param answers what the JVM said both before the dump and after it
 * @param counts the {@link Jvm#waitCounts} when the sample began
 */
record HeapSample(Path dump, JvmAnswers answers, Map<Long, Long> counts) {

  /** Takes a sample; the file must not exist yet. */
  static HeapSample take(Jvm jvm, Path dump) throws IOException {
    Map<Long, Long> counts = jvm.waitCounts();
    JvmAnswers before = jvm.answers();
    jvm.dumpHeap(dump);
    return new HeapSample(dump, before.and(jvm.answers()), counts);
  }
}
