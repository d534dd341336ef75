package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A damaged AOT cache, which would crash the JVM, does not keep gb from running. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class DamagedCacheIT {

  private static final int STEP = 1 << 20;

  @TempDir private Path folder;

  @Test
  void flippedBytesDoNotCrashTheJvm() throws Exception {
    copy("gb");
    copy("cli/target/gb.jar");
    Path cache = copy("cli/target/gb.aot");
    assertThat(version()).startsWith("This is gb, ");
    assertThat(folder.resolve("cli/target/gb.aot.checked")).exists();
    byte[] bytes = Files.readAllBytes(cache);
    for (int i = STEP; i < bytes.length; i += STEP) {
      for (int j = i; j < Math.min(i + 4096, bytes.length); j++) {
        bytes[j] ^= (byte) 0xff;
      }
    }
    Files.write(cache, bytes);
    for (int i = 0; i < 2; i++) {
      assertThat(version()).startsWith("This is gb, ");
    }
  }

  private Path copy(String file) throws IOException {
    Path copy = folder.resolve(file);
    Files.createDirectories(copy.resolveSibling(""));
    return Files.copy(Project.root().resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private String version() throws IOException, InterruptedException {
    Process gb =
        new ProcessBuilder("./gb", "-V")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(gb.getInputStream().readAllBytes(), UTF_8);
    assertThat(gb.waitFor()).as(out).isZero();
    return out;
  }
}
