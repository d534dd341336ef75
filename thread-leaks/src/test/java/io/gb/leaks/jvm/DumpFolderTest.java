package io.gb.leaks.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A folder of dumps that a killed JVM has left behind is deleted by the next one. */
@Timeout(60)
class DumpFolderTest {

  /** Above the largest number of a process on Linux. */
  private static final long NOBODY = 5_000_000;

  private final FileTime old = FileTime.from(Instant.now().minus(Duration.ofMinutes(61)));
  private final FileTime young = FileTime.from(Instant.now().minus(Duration.ofMinutes(55)));
  private final Path folder;
  private final Path dump;

  DumpFolderTest() throws IOException {
    folder = Files.createTempDirectory("gb-leaks-" + NOBODY + "-");
    dump = Files.createFile(folder.resolve("heap.hprof"));
  }

  @AfterEach
  void delete() throws IOException {
    Files.deleteIfExists(dump);
    Files.deleteIfExists(folder);
  }

  private static void makeAnother() throws IOException {
    try (DumpFolder another = new DumpFolder()) {
      assertThat(another.path()).isDirectory();
    }
  }

  private static void setAge(Path folder, Path file, FileTime ofFolder, FileTime ofFile)
      throws IOException {
    Files.setLastModifiedTime(file, ofFile);
    Files.setLastModifiedTime(folder, ofFolder);
  }

  @Test
  void anOldOneOfAKilledJvmIsDeleted() throws IOException {
    setAge(folder, dump, old, old);
    makeAnother();
    assertThat(folder).doesNotExist();
  }

  @Test
  void oneThatMayBeInUseIsKept() throws IOException {
    setAge(folder, dump, young, old);
    makeAnother();
    setAge(folder, dump, old, young);
    makeAnother();
    assertThat(dump).exists();
  }

  @Test
  void oneOfALivingJvmIsKept() throws IOException {
    Path living = Files.createTempDirectory("gb-leaks-" + ProcessHandle.current().pid() + "-");
    try {
      Files.setLastModifiedTime(living, old);
      makeAnother();
      assertThat(living).exists();
    } finally {
      Files.deleteIfExists(living);
    }
  }

  @Test
  void aLinkOfSuchANameIsNotFollowed() throws IOException {
    setAge(folder, dump, old, old);
    Path kept = Files.createTempDirectory("kept");
    Path file = Files.createFile(kept.resolve("file"));
    setAge(kept, file, old, old);
    Path link =
        Files.createSymbolicLink(folder.resolveSibling("gb-leaks-" + NOBODY + "-link"), kept);
    try {
      makeAnother();
      assertThat(file).exists();
    } finally {
      Files.delete(link);
      Files.delete(file);
      Files.delete(kept);
    }
  }
}
