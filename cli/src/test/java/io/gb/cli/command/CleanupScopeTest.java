package io.gb.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every resource is released, whatever happens. */
@Timeout(60)
@NoThreadLeaks
class CleanupScopeTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(System.out, new PrintStream(err, true, UTF_8), false);

  @Test
  void everythingIsReleasedInReverseEvenIfSomeOfItFails() throws Exception {
    List<String> ended = new ArrayList<>();
    try (CleanupScope cleanup = new CleanupScope(console)) {
      cleanup.acquire(() -> "first", ended::add);
      cleanup.acquire(
          () -> "second",
          what -> {
            throw new IOException("stuck");
          });
      cleanup.acquire(
          () -> "third",
          what -> {
            throw new IllegalStateException("stuck as well");
          });
      cleanup.acquire(() -> "fourth", ended::add);
    }
    assertThat(ended).containsExactly("fourth", "first");
    assertThat(err.toString(UTF_8).lines())
        .containsExactly("gb: cannot clean up: stuck as well", "gb: cannot clean up: stuck");
  }

  @Test
  void nothingIsCreatedAfterEverythingWasReleased() {
    CleanupScope cleanup = new CleanupScope(console);
    cleanup.close();
    List<String> started = new ArrayList<>();
    assertThatIOException()
        .isThrownBy(() -> cleanup.acquire(() -> started.add("late"), what -> {}));
    assertThat(started).isEmpty();
  }

  @Test
  void aFolderIsDeletedWhileAnotherThreadStillWritesThere(@TempDir Path around) throws Exception {
    Path folder = Files.createDirectory(around.resolve("folder"));
    Files.createDirectory(folder.resolve("inner"));
    CountDownLatch writing = new CountDownLatch(1);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 0; i < 300; i++) {
                  Files.writeString(folder.resolve("segment-" + i), "x");
                  writing.countDown();
                }
              } catch (IOException e) {
                // The folder was deleted.
              }
            });
    writing.await();
    TempFolder.delete(folder);
    writer.join();
    assertThat(folder).doesNotExist();
  }
}
