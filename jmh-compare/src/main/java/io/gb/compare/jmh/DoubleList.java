package io.gb.compare.jmh;

import java.util.Arrays;

/** A list of numbers that grows, without an object for each. */
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
