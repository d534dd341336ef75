package io.gb.leaks.dump;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loaded class of a dump, and the fields of its instances. */
public final class ClassInfo {

  /**
   * A field.
   *
   * @param declarer the name of the class that declares it
   * @param name its name
   * @param type the tag of its type, see {@code Type}
   * @param at for an instance field, its offset in the data of an instance; for a static field, the
   *     position of its value in the file
   */
  public record Field(String declarer, String name, int type, long at) {

    /** {@return whether it holds a reference} */
    public boolean isReference() {
      return type == Type.OBJECT;
    }
  }

  private final int ordinal;
  private final long id;
  private final String name;
  private final long superId;
  private final long loaderId;
  private final List<Field> statics;
  private final List<Field> declared;
  private @Nullable ClassInfo parent;
  private List<Field> fields = List.of();

  ClassInfo(
      int ordinal,
      long id,
      String name,
      long superId,
      long loaderId,
      List<Field> statics,
      List<Field> declared) {
    this.ordinal = ordinal;
    this.id = id;
    this.name = name;
    this.superId = superId;
    this.loaderId = loaderId;
    this.statics = statics;
    this.declared = declared;
  }

  /** Collects the fields of all superclasses; all classes must have been read. */
  void link(HeapDump dump) throws DumpFormatException {
    parent = dump.classById(superId);
    List<Field> all = new ArrayList<>();
    long offset = 0;
    int depth = 0;
    for (ClassInfo c = this; c != null; c = dump.classById(c.superId)) {
      if (++depth > dump.classes().size()) {
        throw new DumpFormatException("is damaged: " + name + " inherits from itself");
      }
      for (Field field : c.declared) {
        all.add(new Field(field.declarer(), field.name(), field.type(), offset));
        offset += Type.size(field.type());
      }
    }
    fields = List.copyOf(all);
  }

  /** {@return a number from 0 to the number of classes - 1} */
  public int ordinal() {
    return ordinal;
  }

  /** {@return the id of its {@link Class} object} */
  public long id() {
    return id;
  }

  /** {@return its name as {@link Class#getName()} has it; for arrays as in Java code} */
  public String name() {
    return name;
  }

  /** {@return the id of its class loader, 0 for the boot loader} */
  public long loaderId() {
    return loaderId;
  }

  /** {@return the static fields that it declares} */
  public List<Field> statics() {
    return statics;
  }

  /** {@return all fields of its instances, inherited ones included, in the order of the data} */
  public List<Field> fields() {
    return fields;
  }

  /**
   * {@return whether it is a class or inherits from it}
   *
   * @param className the name of that class
   */
  public boolean isA(String className) {
    for (ClassInfo c = this; c != null; c = c.parent) {
      if (c.name.equals(className)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return the field with a name, or null} If several classes declare one, it is that of the
   * superclass, so that a subclass in a program cannot hide a field of the JDK.
   *
   * @param fieldName the name
   */
  public @Nullable Field field(String fieldName) {
    Field found = null;
    for (Field field : fields) {
      if (field.name().equals(fieldName)) {
        found = field;
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return name;
  }
}
