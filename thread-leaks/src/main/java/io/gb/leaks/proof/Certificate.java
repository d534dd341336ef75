package io.gb.leaks.proof;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What makes a proof checkable without searching anything: the set of all live objects, and for
 * each leaked thread the objects of which none may be in that set. Threads are named by the ids of
 * their Thread objects. It refers to the whole dump.
 *
 * @param isLive whether the object with an id is in the live set
 * @param keys the ids of the keys of each leaked thread; none for threads in {@code owners}
 * @param owners for each thread that only another thread can wake, that thread: the owner of the
 *     monitor at whose entrance it waits, or the virtual thread that it carries
 */
record Certificate(LongPredicate isLive, Map<Long, List<Long>> keys, Map<Long, Long> owners) {

  /** Copies the maps. */
  Certificate {
    keys = Map.copyOf(keys);
    owners = Map.copyOf(owners);
  }
}
