package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JVM that can be asked about itself: this one, or another one on this machine. */
interface Jvm {

  /** Asks what is compiled and who owns which monitor at this moment. */
  JvmAnswers answers() throws IOException;

  /** Writes all live objects to a file that does not exist yet and that only its owner can read. */
  void dumpHeap(Path file) throws IOException;

  /**
   * How often each platform thread has waited so far, by thread id: while a thread stays in one
   * wait, its number stays the same. Empty if this JVM does not tell.
   */
  Map<Long, Long> waitCounts();

  /**
   * What this JVM knows against the leak of a thread that two samples agree in.
   *
   * @param before its wait count when the first sample began, or null
   * @param after its wait count when the second sample had ended, or null
   * @return a reason, or null if there is none
   */
  @Nullable String doubt(ThreadFinding thread, @Nullable Long before, @Nullable Long after);
}
