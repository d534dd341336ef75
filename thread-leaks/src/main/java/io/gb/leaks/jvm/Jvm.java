package io.gb.leaks.jvm;

import io.gb.leaks.proof.JvmAnswers;
import java.io.IOException;
import java.nio.file.Path;

/** A JVM that can be asked about itself: this one, or another one on this machine. */
interface Jvm {

  /** Asks what is compiled and who owns which monitor at this moment. */
  JvmAnswers answers() throws IOException;

  /**
   * Writes all live objects to a file that does not exist yet and that only its owner can read.
   *
   * @param barrier whether an escape barrier is needed
   * @param quiet whether to wait some seconds for a moment in which the threads rest that run now
   *     and then
   */
  BarrierDump dumpHeap(Path file, boolean barrier, boolean quiet) throws IOException;

  /** Whether a debugger is attached, which can wake any thread; false if this is not known. */
  boolean isDebugged();
}
