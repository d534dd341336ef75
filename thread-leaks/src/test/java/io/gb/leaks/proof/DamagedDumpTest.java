package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.jvm.TestDump;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dump with wrong bytes in it is refused or read, but never ends in another error. */
@Timeout(120)
class DamagedDumpTest {

  private static final int DUMPS = 40;
  private static final int MOST_BYTES = 20;

  @TempDir private Path folder;

  @Test
  void wrongBytesAreNoInternalError() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    byte[] bytes;
    try (TestDump whole = TestDump.take()) {
      bytes = Files.readAllBytes(whole.file());
    }
    int refused = 0;
    for (int i = 0; i < DUMPS; i++) {
      byte[] damaged = bytes.clone();
      // Half of them in the part with names and classes, where the damage goes far.
      int end = i % 2 == 0 ? damaged.length / 10 : damaged.length;
      for (int j = random.nextInt(MOST_BYTES); j >= 0; j--) {
        damaged[random.nextInt(31, end)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged-" + i), damaged);
      try {
        assertThat(Prover.prove(file, JvmAnswers.none(), thread -> true).liveHeapBytes())
            .as("seed %d", seed)
            .isPositive();
      } catch (DumpFormatException e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching("is .*|holds .*|unknown .*");
        refused++;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + seed + ", dump " + i, e);
      }
      Files.delete(file);
    }
    assertThat(refused).as("seed %d", seed).isBetween(1, DUMPS - 1);
  }
}
