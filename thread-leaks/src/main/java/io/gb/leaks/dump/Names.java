package io.gb.leaks.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of classes, fields and frames in a dump, and its stack traces. It keeps their positions
 * and reads them on demand. Thread-safe once it is filled.
 */
final class Names {

  /** A frame, by the ids of its names. The dump repeats a frame in each stack that has it. */
  private record FrameKey(long className, long method, long signature, long source, int line) {}

  private final DumpFile file;
  private final LongLongMap strings = new LongLongMap();

  /** The strings that were read so far. */
  private final Map<Long, String> texts = new ConcurrentHashMap<>();

  private final Map<FrameKey, Frame> known = new ConcurrentHashMap<>();

  private final LongLongMap frames = new LongLongMap();
  private final LongLongMap traces = new LongLongMap();
  private final LongLongMap classNames = new LongLongMap();
  private final LongLongMap classesBySerial = new LongLongMap();

  Names(DumpFile file) {
    this.file = file;
  }

  void addString(long id, long position) {
    strings.put(id, position);
  }

  void addClass(long serial, long classId, long nameId) {
    classNames.put(classId, nameId);
    classesBySerial.put(serial, nameId);
  }

  void addFrame(long id, long position) {
    frames.put(id, position);
  }

  void addTrace(long serial, long position) {
    traces.put(serial, position);
  }

  /** The name of a class as in Java code, by the id of its Class object; empty if it has none. */
  String ofClass(long classId) {
    return className(classNames.get(classId));
  }

  /** The string with an id, or a question mark if there is none. */
  String string(long id) {
    String known = texts.get(id);
    if (known == null) {
      long position = strings.get(id);
      int length = position == LongLongMap.ABSENT ? 0 : (int) file.u4(position - 12) - 8;
      known = position == LongLongMap.ABSENT ? "?" : file.text(position, length);
      texts.put(id, known);
    }
    return known;
  }

  private String className(long nameId) {
    String name = nameId == LongLongMap.ABSENT ? "" : string(nameId).replace('/', '.');
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0) {
      return name;
    }
    String element = name.substring(dimensions);
    String plain =
        switch (element) {
          case "Z" -> "boolean";
          case "C" -> "char";
          case "F" -> "float";
          case "D" -> "double";
          case "B" -> "byte";
          case "S" -> "short";
          case "I" -> "int";
          case "J" -> "long";
          default -> element.substring(1, element.length() - 1);
        };
    return plain + "[]".repeat(dimensions);
  }

  /** The frames of a stack, the top one first. */
  List<Frame> frames(long traceSerial) {
    long position = traces.get(traceSerial);
    if (position == LongLongMap.ABSENT) {
      return List.of();
    }
    int count = file.i4(position + 8);
    List<Frame> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(frame(frames.get(file.i8(position + 12 + 8L * i))));
    }
    return result;
  }

  private Frame frame(long position) {
    if (position == LongLongMap.ABSENT) {
      return new Frame("?", "?", "?", "", -1);
    }
    FrameKey key =
        new FrameKey(
            classesBySerial.get(file.u4(position + 32)),
            file.i8(position + 8),
            file.i8(position + 16),
            file.i8(position + 24),
            file.i4(position + 36));
    return known.computeIfAbsent(key, this::frame);
  }

  private Frame frame(FrameKey key) {
    return new Frame(
        className(key.className()),
        string(key.method()),
        string(key.signature()),
        key.source() == 0 ? "" : string(key.source()),
        key.line());
  }
}
