package io.gb.leaks.jvm;

import java.io.IOException;
import java.nio.file.Path;

/** Is told how the proof of another JVM proceeds. Called in the thread that asked for the proof. */
public interface DumpListener {

  /**
   * The heap is about to be dumped for the first time; the JVM stops meanwhile.
   *
   * @param heapBytes the size of the used heap in bytes, which the dump does not exceed by much
   * @param folder the private folder to which the dumps go, and which is deleted afterwards
   * @param agent whether an agent is loaded into the JVM for that, if the JVM accepts it
   */
  default void dumping(long heapBytes, Path folder, boolean agent) {}

  /**
   * The heap was dumped for the first time.
   *
   * @param dump the file, which only its owner can read. It is deleted soon after this method has
   *     returned: copy it to keep it
   * @throws IOException to end the proof
   */
  default void dumped(Path dump) throws IOException {}
}
