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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a proof with a reader of its own, which shares nothing with the prover: it reads the
 * dump from front to back and compares what each record says with the certificate. It checks that
 * all roots are live, that what a live object refers to is live, that the stack of each thread that
 * is not leaked is live, and that no key of a leaked thread is. Slow and simple on purpose.
 */
public final class CertificateChecker {

  private enum Pass {
    /** Which classes and objects there are. */
    SHAPES,
    /** For which queues references are registered. */
    QUEUES,
    /** What is live and what should be. */
    EDGES
  }

  private record Field(String declarer, String name, int type) {}

  private record Shape(String name, long parent, List<Field> fields) {}

  private static final int OBJECT = 2;

  private final Path dump;
  private final Certificate certificate;
  private final List<String> violations = new ArrayList<>();
  private final Map<Long, String> strings = new HashMap<>();
  private final Map<Long, String> classNames = new HashMap<>();
  private final Map<Long, Shape> shapes = new HashMap<>();
  private final Map<Integer, Long> threads = new HashMap<>();
  private final Set<Long> objects = new HashSet<>();
  private final Set<Long> awaited = new HashSet<>();
  private final Set<Long> closed = new HashSet<>();
  private final Set<Long> globals = new HashSet<>();

  /** The group of each thread, or of the holder in which JDK 19 and later keep it. */
  private final Map<Long, Long> groupOf = new HashMap<>();

  private final Map<Long, Long> holders = new HashMap<>();

  /** The parent of each thread group, 0 for the top. */
  private final Map<Long, Long> parents = new HashMap<>();

  private Pass pass = Pass.SHAPES;

  private CertificateChecker(Path dump, Certificate certificate) {
    this.dump = dump;
    this.certificate = certificate;
  }

  /**
   * Checks a certificate against a dump.
   *
   * @return what contradicts it, a line each; empty if it holds
   * @throws IOException if the dump cannot be read
   */
  public static List<String> violations(Path dump, Certificate certificate) throws IOException {
    CertificateChecker checker = new CertificateChecker(dump, certificate);
    for (Pass pass : Pass.values()) {
      checker.pass = pass;
      checker.read();
    }
    checker.checkGroups();
    checker.checkKeys();
    return checker.violations;
  }

  /** Who has a thread gets at its group, and who has a group at the threads in and below it. */
  private void checkGroups() {
    for (long thread : threads.values()) {
      long group = groupOf.getOrDefault(holders.getOrDefault(thread, thread), 0L);
      if (certificate.isLive().test(thread)) {
        root(group, "the group of live thread " + thread);
      }
      while (group != 0) {
        if (certificate.isLive().test(group) && !isOfJvm(group)) {
          root(thread, "in live group " + group);
        }
        group = parents.getOrDefault(group, 0L);
      }
    }
  }

  /** Whether a group is {@code system}, or the only other one that the JVM itself holds. */
  private boolean isOfJvm(long group) {
    return globals.contains(group)
        && (parents.getOrDefault(group, 0L) == 0
            || globals.stream().filter(id -> parents.getOrDefault(id, 0L) != 0).count() == 1);
  }

  private void checkKeys() {
    certificate
        .keys()
        .forEach((thread, keys) -> {
          Long owner = certificate.owners().get(thread);
          if (owner == null ? keys.isEmpty() : !certificate.keys().containsKey(owner)) {
            violations.add("thread " + thread + " has no key, or an owner that is not leaked");
          }
          for (long key : keys) {
            if (!objects.contains(key) || certificate.isLive().test(key)) {
              violations.add("key " + key + " of thread " + thread + " is live");
            }
          }
        });
  }

  private void read() throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(dump), 1 << 16))) {
      in.skipNBytes(31);
      int tag = in.read();
      while (tag >= 0) {
        in.readInt();
        long length = Integer.toUnsignedLong(in.readInt());
        if (tag == 0x01) {
          long id = in.readLong();
          strings.put(id, new String(in.readNBytes((int) length - 8), StandardCharsets.UTF_8));
        } else if (tag == 0x02) {
          in.readInt();
          long id = in.readLong();
          in.readInt();
          classNames.put(id, strings.getOrDefault(in.readLong(), "?").replace('/', '.'));
        } else if (tag == 0x0c || tag == 0x1c) {
          long left = length;
          while (left > 0) {
            left -= record(in);
          }
        } else {
          in.skipNBytes(length);
        }
        tag = in.read();
      }
    }
  }

  private long record(DataInputStream in) throws IOException {
    int tag = in.readUnsignedByte();
    long id = in.readLong();
    switch (tag) {
      case 0xff, 0x05, 0x07 -> {
        root(id, "a root");
        return 9;
      }
      case 0x01 -> {
        in.readLong();
        globals.add(id);
        root(id, "a JNI global");
        return 17;
      }
      case 0x02, 0x03 -> {
        frameRoot(id, in.readInt());
        in.readInt();
        return 17;
      }
      case 0x04, 0x06 -> {
        frameRoot(id, in.readInt());
        return 13;
      }
      case 0x08 -> {
        threads.putIfAbsent(in.readInt(), id);
        in.readInt();
        return 17;
      }
      case 0x20 -> {
        return 9 + classDump(in, id);
      }
      case 0x21 -> {
        in.readInt();
        long classId = in.readLong();
        int bytes = in.readInt();
        instance(in, id, classId, bytes);
        return 25L + bytes;
      }
      case 0x22 -> {
        in.readInt();
        long count = Integer.toUnsignedLong(in.readInt());
        in.readLong();
        objects.add(id);
        for (long i = 0; i < count; i++) {
          edge(id, in.readLong(), "an element of an array");
        }
        return 25 + 8 * count;
      }
      case 0x23 -> {
        in.readInt();
        long count = Integer.toUnsignedLong(in.readInt());
        long bytes = count * size(in.readUnsignedByte());
        objects.add(id);
        in.skipNBytes(bytes);
        return 18 + bytes;
      }
      default -> throw new IOException("unknown record " + tag);
    }
  }

  private void frameRoot(long id, int thread) {
    Long object = threads.get(thread);
    if (object == null || !certificate.keys().containsKey(object)) {
      root(id, "the stack of a thread that is not leaked");
    }
  }

  private long classDump(DataInputStream in, long id) throws IOException {
    in.readInt();
    long parent = in.readLong();
    String name = classNames.getOrDefault(id, "?");
    objects.add(id);
    root(id, "class " + name);
    for (int i = 0; i < 5; i++) {
      root(in.readLong(), "the loader or domain of " + name);
    }
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
      String field = strings.getOrDefault(in.readLong(), "?");
      int type = in.readUnsignedByte();
      if (type != OBJECT) {
        in.skipNBytes(size(type));
      } else {
        long value = in.readLong();
        if (!isRegistry(name, field)) {
          root(value, "static " + name + "." + field);
        }
      }
      length += 9 + size(type);
    }
    int declared = in.readUnsignedShort();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < declared; i++) {
      String field = strings.getOrDefault(in.readLong(), "?");
      fields.add(new Field(name, field, in.readUnsignedByte()));
    }
    shapes.put(id, new Shape(name, parent, fields));
    return length + 2 + 9L * declared;
  }

  /** The two registries of the JDK that know all threads and that no program can read. */
  private static boolean isRegistry(String className, String field) {
    return (field.equals("VTHREADS")
            && className.equals(
                "jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer"))
        || (field.equals("CONTAINER_REGISTRY")
            && className.equals("jdk.internal.vm.ThreadContainers"));
  }

  private void instance(DataInputStream in, long id, long classId, int bytes) throws IOException {
    objects.add(id);
    byte[] data = in.readNBytes(bytes);
    if (pass == Pass.SHAPES) {
      return;
    }
    if (isA(classId, "java.lang.ref.ReferenceQueue$Null")) {
      // What references without a queue point to; it accepts nothing.
      closed.add(id);
    }
    boolean phantom = isA(classId, "java.lang.ref.PhantomReference");
    boolean polled = false;
    Map<Field, Long> values = values(classId, data);
    values.forEach((field, value) -> noteGroup(id, field, value));
    for (Map.Entry<Field, Long> entry : values.entrySet()) {
      Field field = entry.getKey();
      if (field.name().equals("queue") && field.declarer().equals("java.lang.ref.Reference")) {
        awaited.add(entry.getValue());
        // Whoever polls a live queue gets the reference, but no referent.
        polled = certificate.isLive().test(entry.getValue()) && !closed.contains(entry.getValue());
      }
    }
    if (isA(classId, "java.lang.ref.ReferenceQueue") && awaited.contains(id)) {
      values.forEach((field, value) -> {
        if (!field.name().equals("head")) {
          root(value, "what the collector signals");
        }
      });
    }
    if (isA(classId, "java.lang.ClassValue$ClassValueMap")) {
      root(id, "the values of a class");
    }
    boolean yielded = polled;
    values.forEach((field, value) -> {
      boolean referent =
          field.name().equals("referent") && field.declarer().equals("java.lang.ref.Reference");
      boolean listed =
          field.declarer().equals("java.lang.ThreadGroup")
              && Set.of("threads", "groups", "weaks").contains(field.name());
      if (yielded && !referent) {
        root(value, "what a live queue yields");
      }
      boolean cut =
          (listed && isOfJvm(id)) || (referent && phantom) || certificate.keys().containsKey(id);
      if (!cut) {
        edge(id, value, field.declarer() + "." + field.name());
      }
    });
  }

  private void noteGroup(long id, Field field, long value) {
    switch (field.declarer()) {
      case "java.lang.ThreadGroup" -> {
        if (field.name().equals("parent")) {
          parents.put(id, value);
        }
      }
      case "java.lang.Thread", "java.lang.Thread$FieldHolder" -> {
        if (field.name().equals("holder")) {
          holders.put(id, value);
        } else if (field.name().equals("group")) {
          groupOf.put(id, value);
        }
      }
      default -> {}
    }
  }

  private Map<Field, Long> values(long classId, byte[] data) throws IOException {
    Map<Field, Long> values = new HashMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(data);
    int offset = 0;
    for (Shape shape = shapes.get(classId); shape != null; shape = shapes.get(shape.parent())) {
      for (Field field : shape.fields()) {
        if (field.type() == OBJECT) {
          values.put(field, buffer.getLong(offset));
        }
        offset += size(field.type());
      }
    }
    return values;
  }

  private boolean isA(long classId, String name) {
    @Nullable Shape shape = shapes.get(classId);
    while (shape != null && !shape.name().equals(name)) {
      shape = shapes.get(shape.parent());
    }
    return shape != null;
  }

  private void edge(long from, long to, String what) {
    if (pass == Pass.EDGES && certificate.isLive().test(from)) {
      root(to, what + " of live object " + from);
    }
  }

  private void root(long id, String what) {
    if (pass == Pass.EDGES && objects.contains(id) && !certificate.isLive().test(id)) {
      violations.add(id + " is not live, but " + what);
    }
  }

  private static int size(int type) throws IOException {
    return switch (type) {
      case OBJECT, 7, 11 -> 8;
      case 4, 8 -> 1;
      case 5, 9 -> 2;
      case 6, 10 -> 4;
      default -> throw new IOException("unknown type " + type);
    };
  }
}
