package io.gb.compare.jmh;

import java.util.Arrays;

/** A growing list of numbers without an object for each. Not thread-safe. */
final class DoubleList {

  private double[] values = new double[16];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
