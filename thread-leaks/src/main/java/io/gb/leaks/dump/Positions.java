package io.gb.leaks.dump;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing list of positions in a file that never copies what it has: there may be many. In files
 * of less than 4 GB each takes four bytes, in others eight.
 */
final class Positions {

  private static final int BITS = 16;
  private static final int MASK = (1 << BITS) - 1;
  private static final long FOUR_BYTES = 0xffff_ffffL;

  private final boolean narrow;
  private final List<int[]> low = new ArrayList<>();
  private final List<int[]> high = new ArrayList<>();
  private int size;

  /** An empty list for a file of that many bytes. */
  Positions(long fileBytes) {
    narrow = fileBytes <= FOUR_BYTES;
  }

  void add(long position) {
    if ((size & MASK) == 0) {
      low.add(new int[1 << BITS]);
      if (!narrow) {
        high.add(new int[1 << BITS]);
      }
    }
    set(size++, position);
  }

  void set(int index, long position) {
    low.get(index >>> BITS)[index & MASK] = (int) position;
    if (!narrow) {
      high.get(index >>> BITS)[index & MASK] = (int) (position >>> Integer.SIZE);
    }
  }

  int size() {
    return size;
  }

  long get(int index) {
    long position = low.get(index >>> BITS)[index & MASK] & FOUR_BYTES;
    return narrow
        ? position
        : position | (long) high.get(index >>> BITS)[index & MASK] << Integer.SIZE;
  }
}
