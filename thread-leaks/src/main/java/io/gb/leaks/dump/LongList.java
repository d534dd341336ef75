package io.gb.leaks.dump;

import java.util.Arrays;

/** A growing list of longs in one array. Not thread-safe. */
public final class LongList {

  private long[] values = new long[8];
  private int size;

  /** Creates an empty list. */
  public LongList() {}

  /**
   * Appends a value.
   *
   * @param value which one
   */
  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** {@return how many values there are} */
  public int size() {
    return size;
  }

  /**
   * {@return a value}
   *
   * @param index from 0 to {@link #size()} - 1
   */
  public long get(int index) {
    return values[index];
  }
}
