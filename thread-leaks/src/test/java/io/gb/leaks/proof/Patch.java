package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.ThreadRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A copy of a dump with one value changed: a moment that cannot be caught while it lasts, such as
 * the one between the wake-up of a thread and its first step.
 */
final class Patch implements AutoCloseable {

  private static final byte ROOT_THREAD = 8;

  private final Path copy;

  Patch(Path dump) throws IOException {
    copy = Files.createTempFile("patched", ".hprof");
    Files.copy(dump, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Sets a boolean field of the thread with that name. */
  Patch setBoolean(String thread, String field) throws IOException {
    write(position(thread, field), new byte[] {1});
    return this;
  }

  /** Sets an int field of the thread with that name. */
  Patch setInt(String thread, String field, int value) throws IOException {
    write(
        position(thread, field),
        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    return this;
  }

  /** Makes the top frames of a thread refer to nothing, as compiled frames may. */
  Patch forgetRoots(String thread) throws IOException {
    HeapDump dump = HeapDump.read(copy);
    for (ThreadRecord record : dump.threads()) {
      if (dump.text(dump.follow(dump.find(record.id()), "name")).equals(thread)) {
        for (int i = 0; i < record.roots().size(); i++) {
          if (record.depth(i) >= 0 && record.depth(i) < 3) {
            moveRoot(record.roots().get(i));
          }
        }
      }
    }
    return this;
  }

  /** Gives all roots of frames that refer to an object another frame. */
  private void moveRoot(long id) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(copy));
    for (int i = 0; i + 17 < bytes.limit(); i++) {
      boolean root = bytes.get(i) == 2 || bytes.get(i) == 3;
      if (root && bytes.getLong(i + 1) == id && bytes.getInt(i + 13) < 3) {
        write(i + 13, new byte[] {0, 0, 0, 99});
      }
    }
  }

  /** Leaves a thread out, as if it were on its way to its end. */
  Patch forgetThread(String thread) throws IOException {
    HeapDump dump = HeapDump.read(copy);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(copy));
    for (ThreadRecord record : dump.threads()) {
      if (dump.text(dump.follow(dump.find(record.id()), "name")).equals(thread)) {
        for (int i = 0; i + 17 < bytes.limit(); i++) {
          if (bytes.get(i) == ROOT_THREAD && bytes.getLong(i + 1) == record.id()) {
            write(i + 1, new byte[Long.BYTES]);
          }
        }
      }
    }
    return this;
  }

  private long position(String thread, String fieldName) throws IOException {
    HeapDump dump = HeapDump.read(copy);
    for (int object = 0; object < dump.objectCount(); object++) {
      ClassInfo c = dump.isInstance(object) ? dump.classOf(object) : null;
      ClassInfo.Field field = c == null ? null : c.field(fieldName);
      if (c != null
          && field != null
          && c.isA("java.lang.Thread")
          && dump.text(dump.follow(object, "name")).equals(thread)) {
        return dump.data(object) + field.at();
      }
    }
    throw new AssertionError("no thread " + thread + " with a field " + fieldName);
  }

  private void write(long position, byte[] bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(copy.toFile(), "rw")) {
      file.seek(position);
      file.write(bytes);
    }
  }

  Path file() {
    return copy;
  }

  @Override
  public void close() throws IOException {
    Files.delete(copy);
  }
}
