package io.gb.leaks.dump;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of any size, mapped into memory and read at any position. Its content stays in the page
 * cache of the operating system, not in the Java heap. Thread-safe.
 */
final class DumpFile {

  private static final int CHUNK_BITS = 30;
  private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

  private final MappedByteBuffer[] chunks;
  private final long size;

  private DumpFile(MappedByteBuffer[] chunks, long size) {
    this.chunks = chunks;
    this.size = size;
  }

  static DumpFile map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      MappedByteBuffer[] chunks = new MappedByteBuffer[(int) ((size >>> CHUNK_BITS) + 1)];
      for (int i = 0; i < chunks.length; i++) {
        long start = (long) i << CHUNK_BITS;
        // Chunks overlap by the size of a long, so that no value is cut in two.
        long length = Math.min(size - start, (1L << CHUNK_BITS) + Long.BYTES);
        chunks[i] = channel.map(MapMode.READ_ONLY, start, length);
      }
      return new DumpFile(chunks, size);
    }
  }

  long size() {
    return size;
  }

  int u1(long position) {
    return chunk(position).get((int) position & CHUNK_MASK) & 0xff;
  }

  int u2(long position) {
    return chunk(position).getShort((int) position & CHUNK_MASK) & 0xffff;
  }

  int i4(long position) {
    return chunk(position).getInt((int) position & CHUNK_MASK);
  }

  long u4(long position) {
    return i4(position) & 0xffff_ffffL;
  }

  long i8(long position) {
    return chunk(position).getLong((int) position & CHUNK_MASK);
  }

  byte[] bytes(long position, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) u1(position + i);
    }
    return bytes;
  }

  String text(long position, int length) {
    return new String(bytes(position, length), StandardCharsets.UTF_8);
  }

  private MappedByteBuffer chunk(long position) {
    return chunks[(int) (position >>> CHUNK_BITS)];
  }
}
