package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A heap dump, with what its JVM said of itself at that time.
 *
 * @param dump the file
 * @param answers what the JVM said both before the dump and after it
 * @param taken how the dump was taken
 */
record HeapSample(Path dump, JvmAnswers answers, BarrierDump taken) {

  /** Takes a sample; the file must not exist yet. */
  static HeapSample take(Jvm jvm, Path dump, boolean quiet) throws IOException {
    JvmAnswers before = jvm.answers();
    BarrierDump taken = jvm.dumpHeap(dump, before.code().takesObjectsApart(), quiet);
    JvmAnswers both = before.and(jvm.answers());
    return new HeapSample(dump, both.behindBarrier(taken.resting(), taken.missing()), taken);
  }
}
