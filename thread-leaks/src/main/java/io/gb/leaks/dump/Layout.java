package io.gb.leaks.dump;

import org.jspecify.annotations.Nullable;

/**
 * Knows how many bytes an object takes in the JVM that was dumped. A dump does not contain that.
 * But the distance between the addresses of two neighbours rules out sizes of references and
 * headers for which the first one would be too large. Immutable.
 */
public final class Layout {

  private static final int ALIGNMENT = 8;
  private static final int ENOUGH = 16;

  /**
   * Among this many arrays, there is almost certainly one that the next object follows directly.
   */
  private static final int MANY = 10_000;

  private final HeapDump dump;
  private final int referenceBytes;
  private final boolean compactHeaders;
  private final int[] instanceBytes;
  private final boolean[] isArray;

  /**
   * Finds out the sizes for a dump.
   *
   * @param dump which one
   * @throws DumpFormatException if it has a type that is unknown
   */
  public Layout(HeapDump dump) throws DumpFormatException {
    this.dump = dump;
    boolean small = false;
    boolean compact = false;
    int ofReferences = 0;
    int ofPrimitives = 0;
    for (int i = 0; i + 1 < dump.objectCount(); i++) {
      if (!small && ofReferences < MANY && dump.isObjectArray(i)) {
        int length = dump.length(i);
        if (length >= ENOUGH) {
          ofReferences++;
          small = distance(i) < 16 + 8L * length;
        }
      } else if (!compact && ofPrimitives < MANY && dump.isPrimitiveArray(i)) {
        long bytes = (long) dump.length(i) * Type.size(dump.elementType(i));
        if (align(12 + bytes) < align(16 + bytes)) {
          ofPrimitives++;
          compact = distance(i) < align(16 + bytes);
        }
      } else if ((small || ofReferences == MANY) && (compact || ofPrimitives == MANY)) {
        break;
      }
    }
    referenceBytes = small ? 4 : 8;
    compactHeaders = compact;
    instanceBytes = new int[dump.classes().size()];
    isArray = new boolean[instanceBytes.length];
    for (ClassInfo c : dump.classes()) {
      long bytes = compact ? 8 : small ? 12 : 16;
      for (ClassInfo.Field field : c.fields()) {
        bytes += field.isReference() ? referenceBytes : Type.size(field.type());
      }
      instanceBytes[c.ordinal()] = (int) align(bytes);
      isArray[c.ordinal()] = c.name().endsWith("[]");
    }
  }

  /**
   * {@return the bytes that an object takes by itself; 0 for a class, whose data are outside the
   * heap}
   *
   * @param object its number
   * @throws DumpFormatException if it has a type that is unknown
   */
  public long bytes(int object) throws DumpFormatException {
    return bytes(object, dump.classOf(object));
  }

  /**
   * {@return the same as {@link #bytes(int)}, for callers that know the class already}
   *
   * @param object its number
   * @param c its class; null for arrays of primitives and for classes
   * @throws DumpFormatException if it has a type that is unknown
   */
  public long bytes(int object, @Nullable ClassInfo c) throws DumpFormatException {
    long header = compactHeaders ? 12 : 16;
    if (c != null) {
      return isArray[c.ordinal()]
          ? align(header + (long) dump.length(object) * referenceBytes)
          : instanceBytes[c.ordinal()];
    }
    return dump.isPrimitiveArray(object)
        ? align(header + (long) dump.length(object) * Type.size(dump.elementType(object)))
        : 0;
  }

  private long distance(int object) {
    return dump.id(object + 1) - dump.id(object);
  }

  private static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
