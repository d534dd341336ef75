package io.gb.leaks.dump;

import java.util.Arrays;

/**
 * A growing list of positions in a file that never copies what it has: there may be many. In files
 * of less than 4 GB each takes four bytes, in others eight.
 */
final class Positions {

  private static final int BITS = 16;
  private static final int MASK = (1 << BITS) - 1;
  private static final long FOUR_BYTES = 0xffff_ffffL;

  private final boolean narrow;
  private int[][] low = new int[16][];
  private int[][] high = new int[16][];
  private int size;

  /** An empty list for a file of that many bytes. */
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
