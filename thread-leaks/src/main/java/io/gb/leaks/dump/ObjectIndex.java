package io.gb.leaks.dump;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds an object by its id. Objects are numbered by rising id, that is by their address in the JVM
 * that was dumped.
 */
final class ObjectIndex {

  /*
   * The ids stay in the file: an object costs four bytes here for its position, and about four for
   * its bucket. A bucket is a range of addresses; there are at most as many as objects, so most
   * hold a few. An address range that is used unevenly makes large buckets, and a binary search
   * makes them harmless.
   */

  private static final int TAG = 1;
  private static final String TWICE = "is damaged: two objects have the same id";

  private final DumpFile file;
  private final Positions positions;
  private final int[] starts;
  private final long min;
  private final int shift;

  private ObjectIndex(DumpFile file, Positions positions, int[] starts, long min, int shift) {
    this.file = file;
    this.positions = positions;
    this.starts = starts;
    this.min = min;
    this.shift = shift;
  }

  /**
   * Indexes the objects of a file.
   *
   * @param objects the positions of the tags of all but classes
   * @param ascending whether their ids rise in that order, as HotSpot writes them
   * @param classes the positions of the tags of classes; at least one object or class
   * @param min the least id
   * @param max the greatest id
   */
  static ObjectIndex of(
      DumpFile file, Positions objects, boolean ascending, LongList classes, long min, long max)
      throws DumpFormatException {
    int size = objects.size() + classes.size();
    int shift = 3;
    while ((max - min) >>> shift >= size) {
      shift++;
    }
    int[] starts = new int[(int) ((max - min) >>> shift) + 2];
    ObjectIndex index = new ObjectIndex(file, new Positions(file.size()), starts, min, shift);
    if (ascending) {
      index.merge(objects, index.sorted(classes));
    } else {
      for (int i = 0; i < classes.size(); i++) {
        objects.add(classes.get(i));
      }
      index.scatter(objects);
      index.sort();
    }
    return index;
  }

  private long[] sorted(LongList classes) {
    return IntStream.range(0, classes.size())
        .mapToObj(classes::get)
        .sorted(Comparator.comparingLong(position -> file.i8(position + TAG)))
        .mapToLong(Long::longValue)
        .toArray();
  }

  /** Takes each object from the list that has the lesser id, and needs no second look at it. */
  private void merge(Positions objects, long[] classes) throws DumpFormatException {
    long classId = classes.length == 0 ? Long.MAX_VALUE : file.i8(classes[0] + TAG);
    long last = Long.MIN_VALUE;
    int bucket = 0;
    int object = 0;
    int nextClass = 0;
    int size = objects.size() + classes.length;
    for (int i = 0; i < size; i++) {
      long position = object < objects.size() ? objects.get(object) : -1;
      long id = position < 0 ? Long.MAX_VALUE : file.i8(position + TAG);
      if (position < 0 || (nextClass < classes.length && classId < id)) {
        position = classes[nextClass++];
        id = classId;
        classId = nextClass < classes.length ? file.i8(classes[nextClass] + TAG) : Long.MAX_VALUE;
      } else {
        object++;
      }
      if (i > 0 && id <= last) {
        throw new DumpFormatException(TWICE);
      }
      last = id;
      positions.add(position);
      for (int end = (int) ((id - min) >>> shift); bucket <= end; bucket++) {
        starts[bucket] = i;
      }
    }
    Arrays.fill(starts, bucket, starts.length, size);
  }

  private void scatter(Positions found) {
    for (int i = 0; i < found.size(); i++) {
      positions.add(0);
      starts[bucket(found.get(i)) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    // While they are filled in, starts[b] is where the next of bucket b goes.
    for (int i = 0; i < found.size(); i++) {
      positions.set(starts[bucket(found.get(i))]++, found.get(i));
    }
    System.arraycopy(starts, 0, starts, 1, starts.length - 1);
    starts[0] = 0;
  }

  private int bucket(long position) {
    return (int) ((file.i8(position + TAG) - min) >>> shift);
  }

  private void sort() throws DumpFormatException {
    for (int bucket = 0; bucket + 1 < starts.length; bucket++) {
      int from = starts[bucket];
      int to = starts[bucket + 1];
      if (!isSorted(from, to)) {
        sort(from, to);
        if (!isSorted(from, to)) {
          throw new DumpFormatException(TWICE);
        }
      }
    }
  }

  private boolean isSorted(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (id(i - 1) >= id(i)) {
        return false;
      }
    }
    return true;
  }

  private void sort(int from, int to) {
    for (int gap = gap(to - from); gap > 0; gap /= 3) {
      for (int i = from + gap; i < to; i++) {
        long moved = positions.get(i);
        long id = file.i8(moved + TAG);
        int j = i;
        for (; j >= from + gap && id(j - gap) > id; j -= gap) {
          positions.set(j, positions.get(j - gap));
        }
        positions.set(j, moved);
      }
    }
  }

  private static int gap(int length) {
    int gap = 1;
    while (gap < length / 3) {
      gap = 3 * gap + 1;
    }
    return gap;
  }

  int size() {
    return positions.size();
  }

  /** The position of the object's tag in the file. */
  long position(int object) {
    return positions.get(object);
  }

  long id(int object) {
    return file.i8(positions.get(object) + TAG);
  }

  /** The number of the object with an id, or -1. */
  int find(long id) {
    long offset = id - min;
    if (offset < 0 || offset >>> shift >= starts.length - 1) {
      return -1;
    }
    int bucket = (int) (offset >>> shift);
    int low = starts[bucket];
    int high = starts[bucket + 1] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = id(middle);
      if (found < id) {
        low = middle + 1;
      } else if (found > id) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1;
  }
}
