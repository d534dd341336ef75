package io.gb.leaks.proof;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dump from front to back and tells what each record says. It shares nothing with the
 * reader that the prover uses, and remembers nothing but names and the fields of classes. Slow and
 * simple on purpose.
 */
abstract class DumpWalk {

  /** A field of an object, by the class that declares it. */
  record Field(String declarer, String name) {}

  private record Slot(Field field, int type) {}

  private record Shape(String name, long parent, List<Slot> slots) {}

  private static final int HEADER = 31;
  private static final int OBJECT = 2;
  private static final int INT = 10;

  private final Map<Long, String> strings = new HashMap<>();
  private final Map<Long, String> classNames = new HashMap<>();
  private final Map<Long, Shape> shapes = new HashMap<>();

  /** A root that counts whatever threads do. */
  abstract void globalRoot(long id, boolean jni);

  /** What the stack of a thread refers to. */
  abstract void frameRoot(long id, int thread);

  /** A thread and its object. */
  abstract void thread(int thread, long id);

  /** A class, which is an object too, and its loader and the like. */
  abstract void loadedClass(long id, String name, List<Long> belongings);

  /** What a static field refers to. */
  abstract void staticField(String className, String field, long value);

  /**
   * An instance.
   *
   * @param references its fields that hold references, from all its classes
   * @param ints its fields of type int
   */
  abstract void instance(
      long id, long classId, Map<Field, Long> references, Map<Field, Integer> ints);

  /** An array of references; its elements follow. */
  abstract void array(long id);

  /** An element of the array of that id. */
  abstract void element(long array, long value);

  /** Whether a class is the named one or inherits from it; known once all records were read. */
  final boolean isA(long classId, String name) {
    @Nullable Shape shape = shapes.get(classId);
    while (shape != null && !shape.name().equals(name)) {
      shape = shapes.get(shape.parent());
    }
    return shape != null;
  }

  /** Reads all records. */
  final void read(Path dump) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(dump), 1 << 16))) {
      in.skipNBytes(HEADER);
      int tag = in.read();
      while (tag >= 0) {
        in.readInt();
        topRecord(in, tag, Integer.toUnsignedLong(in.readInt()));
        tag = in.read();
      }
    }
  }

  private void topRecord(DataInputStream in, int tag, long length) throws IOException {
    if (tag == 0x01) {
      long id = in.readLong();
      strings.put(id, new String(in.readNBytes((int) length - 8), StandardCharsets.UTF_8));
    } else if (tag == 0x02) {
      in.readInt();
      long id = in.readLong();
      in.readInt();
      classNames.put(id, text(in.readLong()).replace('/', '.'));
    } else if (tag == 0x0c || tag == 0x1c) {
      long left = length;
      while (left > 0) {
        left -= record(in);
      }
    } else {
      in.skipNBytes(length);
    }
  }

  private String text(long id) {
    return strings.getOrDefault(id, "?");
  }

  private long record(DataInputStream in) throws IOException {
    int tag = in.readUnsignedByte();
    long id = in.readLong();
    return switch (tag) {
      case 0xff, 0x05, 0x07 -> {
        globalRoot(id, false);
        yield 9;
      }
      case 0x01 -> {
        in.readLong();
        globalRoot(id, true);
        yield 17;
      }
      case 0x02, 0x03 -> {
        frameRoot(id, in.readInt());
        in.readInt();
        yield 17;
      }
      case 0x04, 0x06 -> {
        frameRoot(id, in.readInt());
        yield 13;
      }
      case 0x08 -> {
        thread(in.readInt(), id);
        in.readInt();
        yield 17;
      }
      case 0x20 -> 9 + classDump(in, id);
      case 0x21 -> {
        in.readInt();
        long classId = in.readLong();
        byte[] data = in.readNBytes(in.readInt());
        instance(id, classId, data);
        yield 25L + data.length;
      }
      case 0x22 -> {
        in.readInt();
        long count = Integer.toUnsignedLong(in.readInt());
        in.readLong();
        array(id);
        for (long i = 0; i < count; i++) {
          element(id, in.readLong());
        }
        yield 25 + 8 * count;
      }
      case 0x23 -> {
        in.readInt();
        long count = Integer.toUnsignedLong(in.readInt());
        long bytes = count * size(in.readUnsignedByte());
        array(id);
        in.skipNBytes(bytes);
        yield 18 + bytes;
      }
      default -> throw new IOException("unknown record " + tag);
    };
  }

  private long classDump(DataInputStream in, long id) throws IOException {
    in.readInt();
    long parent = in.readLong();
    String name = classNames.getOrDefault(id, "?");
    List<Long> belongings = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      belongings.add(in.readLong());
    }
    loadedClass(id, name, belongings);
    in.readInt();
    int constants = in.readUnsignedShort();
    long length = 4 + 6 * 8 + 4 + 2;
    for (int i = 0; i < constants; i++) {
      in.readShort();
      int size = size(in.readUnsignedByte());
      in.skipNBytes(size);
      length += 3 + size;
    }
    int statics = in.readUnsignedShort();
    length += 2;
    for (int i = 0; i < statics; i++) {
      String field = text(in.readLong());
      int type = in.readUnsignedByte();
      if (type == OBJECT) {
        staticField(name, field, in.readLong());
      } else {
        in.skipNBytes(size(type));
      }
      length += 9 + size(type);
    }
    int declared = in.readUnsignedShort();
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < declared; i++) {
      slots.add(new Slot(new Field(name, text(in.readLong())), in.readUnsignedByte()));
    }
    shapes.put(id, new Shape(name, parent, slots));
    return length + 2 + 9L * declared;
  }

  private void instance(long id, long classId, byte[] data) throws IOException {
    Map<Field, Long> references = new HashMap<>();
    Map<Field, Integer> ints = new HashMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(data);
    int offset = 0;
    for (Shape shape = shapes.get(classId); shape != null; shape = shapes.get(shape.parent())) {
      for (Slot slot : shape.slots()) {
        if (slot.type() == OBJECT) {
          references.put(slot.field(), buffer.getLong(offset));
        } else if (slot.type() == INT) {
          ints.put(slot.field(), buffer.getInt(offset));
        }
        offset += size(slot.type());
      }
    }
    instance(id, classId, references, ints);
  }

  private static int size(int type) throws IOException {
    return switch (type) {
      case OBJECT, 7, 11 -> 8;
      case 4, 8 -> 1;
      case 5, 9 -> 2;
      case 6, INT -> 4;
      default -> throw new IOException("unknown type " + type);
    };
  }
}
