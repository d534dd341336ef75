package io.gb.leaks.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.leaks.jvm.TestDump;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads a dump of this JVM, and refuses what is none. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeapDumpTest {

  private static final Example EXAMPLE = new Example("grüße €", 77, new long[] {1, 2, 3});

  @SuppressWarnings("ArrayRecordComponent") // The reader is to see one.
  private record Example(String text, int number, long[] longs) {}

  private TestDump taken;
  private Path file;
  @TempDir private Path folder;

  @BeforeAll
  void dump() throws Exception {
    taken = TestDump.take();
    file = taken.file();
  }

  @AfterAll
  void delete() throws Exception {
    taken.close();
  }

  @Test
  void fieldsAndTextsAndArraysAreRead() throws Exception {
    HeapDump dump = HeapDump.read(file);
    ClassInfo self =
        dump.classes().stream()
            .filter(c -> c.name().equals(HeapDumpTest.class.getName()))
            .findAny()
            .orElseThrow();
    int example = dump.staticReference(self, "EXAMPLE");

    assertThat(dump.typeName(example)).isEqualTo(Example.class.getName());
    assertThat(dump.text(dump.follow(example, "text"))).isEqualTo(EXAMPLE.text());
    assertThat(dump.number(example, "number", 0)).isEqualTo(77);
    assertThat(dump.typeName(dump.follow(example, "longs"))).isEqualTo("long[]");
    assertThat(dump.length(dump.follow(example, "longs"))).isEqualTo(3);
    assertThat(dump.find(dump.id(example))).isEqualTo(example);
    assertThat(dump.find(dump.id(example) + 1)).isEqualTo(-1);
  }

  @Test
  void sizesAreThoseOfTheJvm() throws Exception {
    HeapDump dump = HeapDump.read(file);
    Layout layout = new Layout(dump);
    long sum = 0;
    long between = 0;
    for (int i = 0; i + 1 < dump.objectCount(); i++) {
      long distance = dump.id(i + 1) - dump.id(i);
      long bytes = layout.bytes(i);
      // Where two objects touch, the distance is the size; gaps are free memory or Class objects.
      if (bytes > 0 && distance < 2048) {
        assertThat(distance).isGreaterThanOrEqualTo(bytes);
        sum += bytes;
        between += distance;
      }
    }
    assertThat(sum).isBetween(between * 9 / 10, between);
  }

  /** The positions of all objects, as a dump has them that was not written by rising address. */
  private static final class Shuffled implements DumpScanner.Sink {

    private final Positions objects;
    private final LongList classes = new LongList();
    private final AddressSet ids = new AddressSet(Runtime.getRuntime().maxMemory());

    Shuffled(DumpFile file, RandomGenerator random) throws DumpFormatException {
      objects = new Positions(file.size());
      new DumpScanner(file, this).scan();
      for (int i = objects.size() - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        long position = objects.get(i);
        objects.set(i, objects.get(other));
        objects.set(other, position);
      }
    }

    @Override
    public void object(int tag, long id, long position) throws DumpFormatException {
      ids.add(id);
      if (tag == DumpScanner.CLASS) {
        classes.add(position - 1);
      } else {
        objects.add(position - 1);
      }
    }
  }

  @Test
  void objectsInAnyOrderGetTheSameIndex() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    HeapDump dump = HeapDump.read(file);
    DumpFile bytes = DumpFile.map(file);
    Shuffled all = new Shuffled(bytes, random);
    ObjectIndex index = ObjectIndex.of(bytes, all.ids, all.objects, false, all.classes);

    assertThat(index.size()).isEqualTo(dump.objectCount());
    for (int i = 0; i < index.size(); i++) {
      assertThat(index.id(i)).as("seed %d", seed).isEqualTo(dump.id(i));
      assertThat(index.find(dump.id(i))).as("seed %d", seed).isEqualTo(i);
    }
  }

  @Test
  void positionsInLargeFilesAreKept() {
    for (long fileBytes : new long[] {1L << 31, 1L << 32, 1L << 40}) {
      Positions positions = new Positions(fileBytes);
      for (int i = 0; i < 100_000; i++) {
        positions.add(fileBytes - 1 - i);
      }
      assertThat(positions.get(0)).isEqualTo(fileBytes - 1);
      assertThat(positions.get(99_999)).isEqualTo(fileBytes - 100_000);
      assertThat(positions.size()).isEqualTo(100_000);
    }
  }

  @Test
  void thisThreadIsInItWithItsFrames() throws Exception {
    HeapDump dump = HeapDump.read(file);

    assertThat(dump.threads())
        .anySatisfy(thread ->
            assertThat(dump.frames(thread))
                .extracting(Frame::toString)
                .anyMatch(frame -> frame.startsWith(HeapDumpTest.class.getName() + ".dump(")));
  }

  @Test
  void aDumpThatEndsEarlyIsRefused() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < 20; i++) {
      int length = random.nextInt(bytes.length);
      Path half = folder.resolve("half-" + i);
      Files.write(half, Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> HeapDump.read(half))
          .as("seed %d, %d bytes", seed, length)
          .isInstanceOf(DumpFormatException.class);
      Files.delete(half);
    }
  }

  @Test
  void anUnknownRecordIsRefused() throws Exception {
    Path copy = folder.resolve("unknown");
    Files.copy(file, copy);
    try (RandomAccessFile damaged = new RandomAccessFile(copy.toFile(), "rw")) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(copy));
      int record = 31;
      while (bytes.get(record) != 0x1c && bytes.get(record) != 0x0c) {
        record += 9 + bytes.getInt(record + 5);
      }
      damaged.seek(record + 9);
      damaged.write(0x77);
    }

    assertThatThrownBy(() -> HeapDump.read(copy))
        .isInstanceOf(DumpFormatException.class)
        .hasMessageContaining("unknown record 119");
  }

  /** A name, a class, a frame and a trace that claim to be longer than their records. */
  @ParameterizedTest
  @CsvSource({"1, 5, 7", "2, 5, 8", "4, 5, 9", "5, 17, 2147483647", "5, 17, -1"})
  void aRecordThatIsTooShortForItsContentIsRefused(int tag, int at, int value) throws Exception {
    Path copy = folder.resolve("short-" + tag);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer records = ByteBuffer.wrap(bytes);
    int record = 31;
    while (records.get(record) != tag) {
      record += 9 + records.getInt(record + 5);
    }
    records.putInt(record + at, value);
    Files.write(copy, bytes);

    assertThatThrownBy(() -> HeapDump.read(copy))
        .isInstanceOf(DumpFormatException.class)
        .hasMessageContaining("truncated or damaged at ");
  }

  @ParameterizedTest
  @CsvSource({
    "'', is no heap dump",
    "JAVA PROFILE 1.0.2, is no heap dump",
    "a text that is longer than the header of a dump would be, is no heap dump",
  })
  void anotherFileIsRefused(String content, String reason) throws Exception {
    Path other =
        Files.writeString(folder.resolve("other"), Objects.requireNonNullElse(content, ""));

    assertThatThrownBy(() -> HeapDump.read(other))
        .isInstanceOf(DumpFormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void compressedAndOldDumpsAreNamed() throws Exception {
    Path gz = Files.write(folder.resolve("gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    byte[] header =
        ("JAVA PROFILE 1.0.2\0\0\0\0\4" + "\0".repeat(8)).getBytes(StandardCharsets.ISO_8859_1);
    Path narrow = Files.write(folder.resolve("narrow"), header);

    assertThatThrownBy(() -> HeapDump.read(gz)).hasMessageContaining("unpack it first");
    assertThatThrownBy(() -> HeapDump.read(narrow)).hasMessageContaining("32-bit");
  }
}
