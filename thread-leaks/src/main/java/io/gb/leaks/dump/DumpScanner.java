package io.gb.leaks.dump;

import java.nio.charset.StandardCharsets;

/**
 * Reads the records of a dump in the order of the file. It trusts no length: a record that does not
 * fit where it is ends the scan with an exception.
 */
final class DumpScanner {

  static final int ROOT_UNKNOWN = 0xff;
  static final int ROOT_JNI_GLOBAL = 0x01;
  static final int ROOT_JNI_LOCAL = 0x02;
  static final int ROOT_JAVA_FRAME = 0x03;
  static final int ROOT_NATIVE_STACK = 0x04;
  static final int ROOT_STICKY_CLASS = 0x05;
  static final int ROOT_THREAD_BLOCK = 0x06;
  static final int ROOT_MONITOR_USED = 0x07;
  static final int ROOT_THREAD_OBJECT = 0x08;
  static final int CLASS = 0x20;
  static final int INSTANCE = 0x21;
  static final int OBJECT_ARRAY = 0x22;
  static final int PRIMITIVE_ARRAY = 0x23;

  private static final String MAGIC = "JAVA PROFILE 1.0.";
  private static final int HEADER = 31;
  private static final int ID = 8;

  /** Is told about each record. A position is that of the first byte after the record's tag. */
  interface Sink {

    /** A string, such as the name of a class or a field; before the records that refer to it. */
    default void string(long id, long position, int length) {}

    /** The name of a class. */
    default void loadClass(long serial, long classId, long nameId) {}

    /** A stack frame. */
    default void frame(long id, long position) {}

    /** A stack trace. */
    default void trace(long serial, long position) {}

    /** A GC root; the tag says of which kind. */
    default void root(int tag, long id, long position) {}

    /** A class, an instance or an array; the tag says which. */
    void object(int tag, long id, long position) throws DumpFormatException;
  }

  private final DumpFile file;
  private final Sink sink;

  DumpScanner(DumpFile file, Sink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Throws if the file does not begin as a heap dump that this package can read. */
  static void checkHeader(DumpFile file) throws DumpFormatException {
    if (file.size() >= 2 && file.u1(0) == 0x1f && file.u1(1) == 0x8b) {
      throw new DumpFormatException("is compressed; unpack it first");
    }
    int length = MAGIC.length();
    if (file.size() < HEADER
        || !new String(file.bytes(0, length), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw new DumpFormatException("is no heap dump: it does not begin with " + MAGIC);
    }
    if (file.i4(19) != ID) {
      throw new DumpFormatException("is of a 32-bit JVM, whose dumps this does not read");
    }
  }

  /** Reads the whole file. */
  void scan() throws DumpFormatException {
    long position = HEADER;
    boolean ended = false;
    boolean segmented = false;
    while (position < file.size()) {
      need(position, 9, file.size());
      int tag = file.u1(position);
      long length = file.u4(position + 5);
      long body = position + 9;
      need(body, length, file.size());
      switch (tag) {
        case 0x01 -> {
          need(body, ID, body + length);
          sink.string(file.i8(body), body + ID, (int) length - ID);
        }
        case 0x02 -> {
          need(body, 8 + 2 * ID, body + length);
          sink.loadClass(file.u4(body), file.i8(body + 4), file.i8(body + 4 + ID + 4));
        }
        case 0x04 -> {
          need(body, 8 + 3 * ID, body + length);
          sink.frame(file.i8(body), body);
        }
        case 0x05 -> {
          need(body, 12, body + length);
          need(body, 12 + ID * file.u4(body + 8), body + length);
          sink.trace(file.u4(body), body);
        }
        case 0x0c, 0x1c -> {
          segmented |= tag == 0x1c;
          heap(body, body + length);
        }
        case 0x2c -> ended = true;
        default -> {}
      }
      position = body + length;
    }
    if (segmented && !ended) {
      throw new DumpFormatException("is truncated: the record that ends a heap dump is missing");
    }
  }

  private void heap(long start, long end) throws DumpFormatException {
    long position = start;
    while (position < end) {
      int tag = file.u1(position++);
      need(position, ID, end);
      long id = file.i8(position);
      long length =
          switch (tag) {
            case ROOT_UNKNOWN, ROOT_STICKY_CLASS, ROOT_MONITOR_USED -> ID;
            case ROOT_JNI_GLOBAL -> 2 * ID;
            case ROOT_JNI_LOCAL, ROOT_JAVA_FRAME, ROOT_THREAD_OBJECT -> ID + 8;
            case ROOT_NATIVE_STACK, ROOT_THREAD_BLOCK -> ID + 4;
            case CLASS -> classLength(position, end);
            case INSTANCE -> {
              need(position, 2 * ID + 8, end);
              yield 2 * ID + 8 + file.u4(position + 2 * ID + 4);
            }
            case OBJECT_ARRAY -> {
              need(position, 2 * ID + 8, end);
              yield 2 * ID + 8 + file.u4(position + ID + 4) * ID;
            }
            case PRIMITIVE_ARRAY -> {
              need(position, ID + 9, end);
              long count = file.u4(position + ID + 4);
              yield ID + 9 + count * Type.size(file.u1(position + ID + 8));
            }
            default ->
                throw new DumpFormatException(
                    "is damaged or foreign: unknown record " + tag + " at " + (position - 1));
          };
      need(position, length, end);
      if (tag >= CLASS && tag <= PRIMITIVE_ARRAY) {
        sink.object(tag, id, position);
      } else {
        sink.root(tag, id, position);
      }
      position += length;
    }
  }

  private long classLength(long start, long end) throws DumpFormatException {
    long position = start + 7 * ID + 8;
    need(position, 2, end);
    int constants = file.u2(position);
    position += 2;
    for (int i = 0; i < constants; i++) {
      need(position, 3, end);
      position += 3 + Type.size(file.u1(position + 2));
    }
    need(position, 2, end);
    int statics = file.u2(position);
    position += 2;
    for (int i = 0; i < statics; i++) {
      need(position, ID + 1, end);
      position += ID + 1 + Type.size(file.u1(position + ID));
    }
    need(position, 2, end);
    return position + 2 + file.u2(position) * (ID + 1L) - start;
  }

  private static void need(long position, long length, long end) throws DumpFormatException {
    if (position + length > end) {
      throw new DumpFormatException("is truncated or damaged at " + position);
    }
  }
}
