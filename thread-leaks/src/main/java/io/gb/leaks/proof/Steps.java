package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;

/** Describes the steps of a path through the heap. */
final class Steps {

  private Steps() {}

  /** Describes an object, and the field that refers to the next one; next is -1 at the end. */
  static String describe(HeapDump dump, int object, int next) {
    ClassInfo mirror = dump.classById(dump.id(object));
    if (mirror != null) {
      for (ClassInfo.Field field : mirror.statics()) {
        if (next >= 0 && field.isReference() && dump.reference(field.at()) == dump.id(next)) {
          return "static " + mirror.name() + "." + field.name();
        }
      }
      return "class " + mirror.name();
    }
    ClassInfo c = dump.isInstance(object) ? dump.classOf(object) : null;
    if (c != null && next >= 0) {
      for (ClassInfo.Field field : c.fields()) {
        if (field.isReference()
            && dump.reference(dump.data(object) + field.at()) == dump.id(next)) {
          return c.name() + "." + field.name();
        }
      }
    }
    return dump.typeName(object);
  }
}
