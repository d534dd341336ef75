package io.gb.leaks.proof;

/** A set of objects of a dump, with one bit for each object. */
final class Bits {

  private final long[] words;

  Bits(int size) {
    words = new long[(size >>> 6) + 1];
  }

  boolean has(int object) {
    return ((words[object >>> 6] >>> object) & 1) != 0;
  }

  /** Adds an object; returns whether it is new. */
  boolean add(int object) {
    long before = words[object >>> 6];
    words[object >>> 6] = before | (1L << object);
    return words[object >>> 6] != before;
  }
}
