package io.gb.leaks.dump;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds objects by their ids. Objects are numbered by ascending id, which is their address in the
 * JVM that was dumped. The ids themselves stay in the file: per object, only its {@link Positions
 * position} and its part of the {@link AddressSet} are in memory.
 */
final class ObjectIndex {

  private static final int TAG = 1;

  private final DumpFile file;
  private final AddressSet ids;
  private final Positions positions;

  private ObjectIndex(DumpFile file, AddressSet ids) {
    this.file = file;
    this.ids = ids;
    positions = new Positions(file.size());
  }

  /**
   * Indexes the objects of a file.
   *
   * @param ids the ids of all objects
   * @param objects the positions of the tags of all objects that are no classes
   * @param ascending whether the ids of those ascend in that order, as HotSpot writes them
   * @param classes the positions of the tags of classes
   */
  static ObjectIndex of(
      DumpFile file, AddressSet ids, Positions objects, boolean ascending, LongList classes) {
    ids.number();
    ObjectIndex index = new ObjectIndex(file, ids);
    if (ascending) {
      index.merge(objects, classes);
    } else {
      index.scatter(objects, classes);
    }
    return index;
  }

  /** Inserts the classes at their numbers; all other objects are in the right order already. */
  private void merge(Positions objects, LongList classes) {
    long[] sorted =
        IntStream.range(0, classes.size())
            .mapToObj(classes::get)
            .sorted(Comparator.comparingInt(this::number))
            .mapToLong(Long::longValue)
            .toArray();
    int object = 0;
    for (long position : sorted) {
      int number = number(position);
      while (positions.size() < number) {
        positions.add(objects.get(object++));
      }
      positions.add(position);
    }
    while (object < objects.size()) {
      positions.add(objects.get(object++));
    }
  }

  private void scatter(Positions objects, LongList classes) {
    int size = objects.size() + classes.size();
    while (positions.size() < size) {
      positions.add(0);
    }
    for (int i = 0; i < objects.size(); i++) {
      positions.set(number(objects.get(i)), objects.get(i));
    }
    for (int i = 0; i < classes.size(); i++) {
      positions.set(number(classes.get(i)), classes.get(i));
    }
  }

  private int number(long position) {
    return ids.find(file.i8(position + TAG));
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
    return ids.find(id);
  }
}
