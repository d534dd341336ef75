package io.gb.leaks.jvm;

import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.MonitorOwners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A heap dump of this JVM for tests, alone in a folder; both are deleted when it is closed.
 *
 * @param file the dump
 */
public record TestDump(Path file) implements AutoCloseable {

  /** What a JVM says in which nothing is compiled; the JVMs of tests take no objects apart. */
  public static final CompiledCode NOTHING_HIDDEN = CompiledCode.parse(" bool X = true", "");

  /** Dumps the live heap of this JVM to a new file. */
  public static TestDump take() throws IOException {
    Path file = Files.createTempDirectory("test-dump").resolve("heap.hprof");
    BarrierDump.diagnostics().dumpHeap(file.toString(), true);
    return new TestDump(file);
  }

  /** Who owns which monitor in this JVM now. */
  public static MonitorOwners monitorOwners() throws IOException {
    return new ThisJvm().monitorOwners();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(Objects.requireNonNull(file.getParent()));
  }
}
