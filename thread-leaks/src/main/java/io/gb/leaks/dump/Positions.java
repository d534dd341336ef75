package io.gb.leaks.dump;

import java.util.Arrays;

/**
 * A growing list of positions in a file. It grows without copying its elements, as there may be
 * very many. In a file of at most 4 GB each takes four bytes, otherwise eight.
 */
final class Positions {

  private static final int BITS = 16;
  private static final int MASK = (1 << BITS) - 1;
  private static final long FOUR_BYTES = 0xffff_ffffL;

  private final boolean narrow;
  private int[][] low = new int[16][];
  private int[][] high = new int[16][];
  private int size;

  /** Creates an empty list for a file of a size in bytes. */
  Positions(long fileBytes) {
    narrow = fileBytes <= FOUR_BYTES;
  }

  void add(long position) {
    if ((size & MASK) == 0) {
      low = withOneMore(low);
      if (!narrow) {
        high = withOneMore(high);
      }
    }
    set(size++, position);
  }

  private int[][] withOneMore(int[][] parts) {
    int part = size >>> BITS;
    int[][] enough = part < parts.length ? parts : Arrays.copyOf(parts, 2 * part);
    enough[part] = new int[1 << BITS];
    return enough;
  }

  void set(int index, long position) {
    low[index >>> BITS][index & MASK] = (int) position;
    if (!narrow) {
      high[index >>> BITS][index & MASK] = (int) (position >>> Integer.SIZE);
    }
  }

  int size() {
    return size;
  }

  long get(int index) {
    long position = low[index >>> BITS][index & MASK] & FOUR_BYTES;
    return narrow ? position : position | (long) high[index >>> BITS][index & MASK] << Integer.SIZE;
  }
}
