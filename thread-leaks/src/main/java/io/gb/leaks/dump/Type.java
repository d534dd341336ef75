package io.gb.leaks.dump;

/** The types of fields and array elements in a dump, by their tags. */
final class Type {

  static final int OBJECT = 2;

  private Type() {}

  /** How many bytes a value takes in the dump, where a reference always takes eight. */
  static int size(int type) throws DumpFormatException {
    return switch (type) {
      case OBJECT, 7, 11 -> 8;
      case 4, 8 -> 1;
      case 5, 9 -> 2;
      case 6, 10 -> 4;
      default -> throw new DumpFormatException("unknown type " + type);
    };
  }

  /** The name of an array of a primitive type, as Java code writes it. */
  static String arrayName(int type) {
    return switch (type) {
      case 4 -> "boolean[]";
      case 5 -> "char[]";
      case 6 -> "float[]";
      case 7 -> "double[]";
      case 8 -> "byte[]";
      case 9 -> "short[]";
      case 10 -> "int[]";
      default -> "long[]";
    };
  }
}
