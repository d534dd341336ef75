package io.gb.leaks.dump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump in HotSpot's format (HPROF 1.0.2), as a graph. Objects are numbers from 0 to {@link
 * #objectCount()} - 1, in the order of their addresses; ids are those in the file. The file must
 * not change while this object is in use. Thread-safe.
 */
public final class HeapDump {

  /**
   * The distance from the tag of an instance or an array of references to its data: tag, id, serial
   * number, class id and length, in whatever order.
   */
  private static final int DATA = 25;

  private static final int PRIMITIVE_ARRAY_DATA = 18;

  private final DumpFile file;
  private final ObjectIndex index;
  private final Names names;
  private final LongLongMap ordinals = new LongLongMap();
  private final List<ClassInfo> classes = new ArrayList<>();
  private final Map<String, ClassInfo> bootClasses = new HashMap<>();
  private final LongList globalRoots = new LongList();
  private final Map<Integer, ThreadRecord> threads = new HashMap<>();
  private final List<ThreadRecord> threadList = new ArrayList<>();
  private final LongList frameRoots = new LongList();

  private HeapDump(DumpFile file) throws DumpFormatException {
    this.file = file;
    names = new Names(file);
    DumpScanner.checkHeader(file);
    FirstPass first = new FirstPass();
    new DumpScanner(file, first).scan();
    if (first.objects.size() + first.classPositions.size() == 0) {
      throw new DumpFormatException("holds no objects");
    }
    for (int i = 0; i < first.classPositions.size(); i++) {
      readClass(first.classPositions.get(i) + 1);
    }
    for (ClassInfo c : classes) {
      c.link(this);
    }
    for (int i = 0; i < frameRoots.size(); i++) {
      readFrameRoot(frameRoots.get(i));
    }
    index = ObjectIndex.of(file, first.ids, first.objects, first.ascending, first.classPositions);
  }

  /**
   * {@return the content of a heap dump}
   *
   * @param path the file
   * @throws DumpFormatException if it is no dump of HotSpot, or not a whole one
   * @throws IOException if it cannot be read
   */
  public static HeapDump read(Path path) throws IOException {
    return new HeapDump(DumpFile.map(path));
  }

  private final class FirstPass implements DumpScanner.Sink {

    private final LongList classPositions = new LongList();
    private final Positions objects = new Positions(file.size());
    private final AddressSet ids = new AddressSet(Runtime.getRuntime().maxMemory());
    private long last = Long.MIN_VALUE;
    private boolean ascending = true;

    @Override
    public void string(long id, long position, int length) {
      names.addString(id, position);
    }

    @Override
    public void loadClass(long serial, long classId, long nameId) {
      names.addClass(serial, classId, nameId);
    }

    @Override
    public void frame(long id, long position) {
      names.addFrame(id, position);
    }

    @Override
    public void trace(long serial, long position) {
      names.addTrace(serial, position);
    }

    @Override
    public void root(int tag, long id, long position) {
      switch (tag) {
        case DumpScanner.ROOT_THREAD_OBJECT -> {
          ThreadRecord thread = new ThreadRecord(id, file.u4(position + 12));
          if (threads.putIfAbsent(file.i4(position + 8), thread) == null) {
            threadList.add(thread);
          }
        }
        case DumpScanner.ROOT_JAVA_FRAME,
            DumpScanner.ROOT_JNI_LOCAL,
            DumpScanner.ROOT_NATIVE_STACK,
            DumpScanner.ROOT_THREAD_BLOCK -> {
          frameRoots.add(position - 1);
        }
        default -> globalRoots.add(id);
      }
    }

    @Override
    public void object(int tag, long id, long position) throws DumpFormatException {
      if (objects.size() == Integer.MAX_VALUE - 8) { // the longest array
        throw new DumpFormatException("holds more objects than this can count");
      }
      ids.add(id);
      if (tag == DumpScanner.CLASS) {
        classPositions.add(position - 1);
      } else {
        objects.add(position - 1);
        ascending &= id > last;
        last = id;
      }
    }
  }

  /** The root of a frame may come before the record of its thread, so it is read at the end. */
  private void readFrameRoot(long position) {
    int tag = file.u1(position);
    long id = file.i8(position + 1);
    ThreadRecord thread = threads.get(file.i4(position + 9));
    if (thread == null) {
      globalRoots.add(id);
    } else {
      boolean numbered = tag == DumpScanner.ROOT_JAVA_FRAME || tag == DumpScanner.ROOT_JNI_LOCAL;
      thread.addRoot(id, numbered ? file.i4(position + 13) : -1);
    }
  }

  private void readClass(long start) throws DumpFormatException {
    long id = file.i8(start);
    String name = names.ofClass(id);
    List<ClassInfo.Field> statics = new ArrayList<>();
    List<ClassInfo.Field> declared = new ArrayList<>();
    long position = start + 64;
    int constants = file.u2(position);
    position += 2;
    for (int i = 0; i < constants; i++) {
      position += 3 + Type.size(file.u1(position + 2));
    }
    int count = file.u2(position);
    position += 2;
    for (int i = 0; i < count; i++) {
      int type = file.u1(position + 8);
      statics.add(new ClassInfo.Field(name, names.string(file.i8(position)), type, position + 9));
      position += 9 + Type.size(type);
    }
    count = file.u2(position);
    position += 2;
    for (int i = 0; i < count; i++) {
      declared.add(
          new ClassInfo.Field(name, names.string(file.i8(position)), file.u1(position + 8), 0));
      position += 9;
    }
    ClassInfo c =
        new ClassInfo(
            classes.size(),
            id,
            name,
            file.i8(start + 12),
            file.i8(start + 20),
            List.copyOf(statics),
            List.copyOf(declared));
    ordinals.put(id, c.ordinal());
    classes.add(c);
    // A class refers to its loader, signers and protection domain; the dump shows no fields for
    // that.
    globalRoots.add(c.loaderId());
    globalRoots.add(file.i8(start + 28));
    globalRoots.add(file.i8(start + 36));
    if (c.loaderId() == 0) {
      bootClasses.put(name, c);
    }
  }

  /** {@return how many objects there are, classes and arrays included} */
  public int objectCount() {
    return index.size();
  }

  /** {@return all loaded classes, in the order of {@link ClassInfo#ordinal()}} */
  public List<ClassInfo> classes() {
    return classes;
  }

  /**
   * {@return the class that the boot loader has loaded under a name, or null}
   *
   * @param name the name as {@link ClassInfo#name()} has it
   */
  public @Nullable ClassInfo bootClass(String name) {
    return bootClasses.get(name);
  }

  /**
   * {@return the class whose {@link Class} object has an id, or null}
   *
   * @param id the id
   */
  public @Nullable ClassInfo classById(long id) {
    long ordinal = ordinals.get(id);
    return ordinal == LongLongMap.ABSENT ? null : classes.get((int) ordinal);
  }

  /**
   * {@return the threads, in the order of the file; virtual threads are included from JDK 22 on}
   */
  public List<ThreadRecord> threads() {
    return threadList;
  }

  /**
   * {@return the ids of all GC roots but the threads' stacks, class loaders included} May contain
   * 0.
   */
  public LongList globalRoots() {
    return globalRoots;
  }

  /**
   * {@return the object with an id, or -1}
   *
   * @param id the id
   */
  public int find(long id) {
    return index.find(id);
  }

  /**
   * {@return the id of an object}
   *
   * @param object its number
   */
  public long id(int object) {
    return index.id(object);
  }

  /**
   * {@return whether an object is an instance, that is no array and no class}
   *
   * @param object its number
   */
  public boolean isInstance(int object) {
    return tag(object) == DumpScanner.INSTANCE;
  }

  /**
   * {@return whether an object is an array of references}
   *
   * @param object its number
   */
  public boolean isObjectArray(int object) {
    return tag(object) == DumpScanner.OBJECT_ARRAY;
  }

  private int tag(int object) {
    return file.u1(index.position(object));
  }

  /**
   * {@return the class of an instance or an array of references; null for other objects}
   *
   * @param object its number
   */
  public @Nullable ClassInfo classOf(int object) {
    long position = index.position(object);
    return switch (file.u1(position)) {
      case DumpScanner.INSTANCE -> classById(file.i8(position + 13));
      case DumpScanner.OBJECT_ARRAY -> classById(file.i8(position + 17));
      default -> null;
    };
  }

  /**
   * {@return the name of an object's class, such as {@code byte[]} or {@code java.lang.Class}}
   *
   * @param object its number
   */
  public String typeName(int object) {
    long position = index.position(object);
    return switch (file.u1(position)) {
      case DumpScanner.CLASS -> "java.lang.Class";
      case DumpScanner.PRIMITIVE_ARRAY -> Type.arrayName(file.u1(position + 17));
      default -> {
        ClassInfo c = classOf(object);
        yield c == null ? "?" : c.name();
      }
    };
  }

  /**
   * {@return the position in the file at which the fields of an instance begin, to which to add
   * {@link ClassInfo.Field#at()}; or the elements of an array of references, see {@link #element}}
   *
   * @param object its number
   */
  public long data(int object) {
    return index.position(object) + DATA;
  }

  /**
   * {@return the reference at a position: an id, or 0 for null}
   *
   * @param position where in the file
   */
  public long reference(long position) {
    return file.i8(position);
  }

  /**
   * {@return an element of an array of references: an id, or 0 for null}
   *
   * @param arrayData where the elements begin in the file, see {@link #data}
   * @param element its index
   */
  public long element(long arrayData, int element) {
    return file.i8(arrayData + (long) Long.BYTES * element);
  }

  /**
   * {@return how many elements an array has}
   *
   * @param array its number
   */
  public int length(int array) {
    return file.i4(index.position(array) + 13);
  }

  /** The tag of the element type of an array of primitives. */
  int elementType(int array) {
    return file.u1(index.position(array) + 17);
  }

  boolean isPrimitiveArray(int object) {
    return tag(object) == DumpScanner.PRIMITIVE_ARRAY;
  }

  /**
   * Reads a number from an instance.
   *
   * @param instance the number of the object
   * @param fieldName the name of the field
   * @param otherwise the value if there is no such field
   * @return the value of the int, long, short, byte or boolean field, or {@code otherwise} if there
   *     is no such field
   */
  public long number(int instance, String fieldName, long otherwise) {
    ClassInfo c = classOf(instance);
    ClassInfo.Field field = c == null ? null : c.field(fieldName);
    return field == null ? otherwise : value(field.type(), data(instance) + field.at());
  }

  /**
   * {@return the object to which a field refers, or -1 if it is null, not in the dump, or if there
   * is no such field}
   *
   * @param instance the number of the object that has the field
   * @param fieldName the name of the field
   */
  public int follow(int instance, String fieldName) {
    ClassInfo c = isInstance(instance) ? classOf(instance) : null;
    ClassInfo.Field field = c == null ? null : c.field(fieldName);
    return field == null || !field.isReference()
        ? -1
        : find(reference(data(instance) + field.at()));
  }

  /**
   * {@return the number in a static field}
   *
   * @param c the class that declares it
   * @param fieldName its name
   * @param otherwise the value if there is no such field
   */
  public long staticNumber(ClassInfo c, String fieldName, long otherwise) {
    for (ClassInfo.Field field : c.statics()) {
      if (field.name().equals(fieldName)) {
        return value(field.type(), field.at());
      }
    }
    return otherwise;
  }

  /**
   * {@return the object to which a static field refers, or -1}
   *
   * @param c the class that declares it
   * @param fieldName its name
   */
  public int staticReference(ClassInfo c, String fieldName) {
    for (ClassInfo.Field field : c.statics()) {
      if (field.name().equals(fieldName) && field.isReference()) {
        return find(reference(field.at()));
      }
    }
    return -1;
  }

  private long value(int type, long position) {
    return switch (type) {
      case 4, 8 -> (byte) file.u1(position);
      case 9 -> (short) file.u2(position);
      case 10 -> file.i4(position);
      default -> file.i8(position);
    };
  }

  /**
   * {@return the text of a string; empty if the object is no string}
   *
   * @param string the number of the object, or -1
   */
  public String text(int string) {
    int value = string < 0 ? -1 : follow(string, "value");
    if (value < 0 || !isPrimitiveArray(value)) {
      return "";
    }
    byte[] bytes = file.bytes(index.position(value) + PRIMITIVE_ARRAY_DATA, length(value));
    if (number(string, "coder", 0) == 0) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder();
    // The dump has the byte order of the machine; this reads little-endian only.
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      text.append((char) ((bytes[i] & 0xff) | (bytes[i + 1] << 8)));
    }
    return text.toString();
  }

  /**
   * {@return the frames of a thread, the top one first}
   *
   * @param thread which one
   */
  public List<Frame> frames(ThreadRecord thread) {
    return names.frames(thread.traceSerial());
  }
}
