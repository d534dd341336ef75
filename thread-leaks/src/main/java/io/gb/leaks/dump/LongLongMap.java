package io.gb.leaks.dump;

/** A hash map from non-zero longs to longs that are not negative, in two arrays. */
final class LongLongMap {

  /** What {@link #get} returns for a key that is not in the map. */
  static final long ABSENT = -1;

  private long[] keys = new long[64];
  private long[] values = new long[64];
  private int size;

  void put(long key, long value) {
    if (2 * ++size > keys.length) {
      grow();
    }
    int slot = slot(key);
    if (keys[slot] == key) {
      size--;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  long get(long key) {
    int slot = slot(key);
    return key != 0 && keys[slot] == key ? values[slot] : ABSENT;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new long[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
