package io.gb.leaks.dump;

import java.util.ArrayList;
import java.util.List;

/** A growing list of positions in a file that never copies what it has: there may be many. */
final class Positions {

  private static final int BITS = 16;
  private static final int MASK = (1 << BITS) - 1;

  private final List<long[]> chunks = new ArrayList<>();
  private long[] last = new long[0];
  private int size;

  void add(long position) {
    if ((size & MASK) == 0) {
      last = new long[1 << BITS];
      chunks.add(last);
    }
    last[size++ & MASK] = position;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return chunks.get(index >>> BITS)[index & MASK];
  }
}
