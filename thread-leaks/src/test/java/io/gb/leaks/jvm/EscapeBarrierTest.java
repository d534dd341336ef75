package io.gb.leaks.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The barrier calls functions of the JVM that runs, and of no other library. */
@Timeout(60)
class EscapeBarrierTest {

  @TempDir private Path folder;

  /** Raises the barrier in a JVM of its own, which would crash with a wrong address. */
  static final class Raising {

    private Raising() {}

    public static void main(String[] args) throws Exception {
      System.setProperty("java.home", "/nowhere");
      System.out.println("raised: " + EscapeBarrier.raise());
      fillHeap();
      try {
        new EscapeBarrier().iterate(Path.of(args[0]));
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }

    private static void fillHeap() {
      byte[][] full = new byte[(int) (Runtime.getRuntime().maxMemory() >> 20)][];
      try {
        for (int i = 0; i < full.length * 15 / 16; i++) {
          full[i] = new byte[(1 << 20) - 64];
        }
        System.out.println(EscapeBarrier.raise());
      } finally {
        Reference.reachabilityFence(full);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // Elsewhere the library is looked for below java.home.
  void neitherAnotherJavaHomeNorAnotherLibraryNorAFullHeapMisleadsIt() throws Exception {
    String name = System.mapLibraryName("jvm");
    Path library = Path.of(System.getProperty("java.home"), "lib", "server", name);
    Path copy = Files.copy(library, folder.resolve(name));
    Process process =
        OtherProgram.java(
                Raising.class,
                List.of(
                    "-Xmx64m", "-XX:+UseSerialGC", "-Xmn4m", "--enable-native-access=ALL-UNNAMED"),
                copy.toString())
            .start();
    try (var out = process.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8).lines())
          .containsExactly(
              "raised: ",
              "the heap was nearly full",
              "the library of the running JVM was not found");
    }
    assertThat(process.waitFor()).isZero();
  }
}
