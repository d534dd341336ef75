package io.gb.leaks.proof;

import io.gb.leaks.dump.HeapDump;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What makes a proof checkable without searching anything: the set of all live objects, and for
 * each leaked thread the objects of which none may be in that set. Threads are named by the ids of
 * their Thread objects.
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

  /** The certificate of a proof from a dump. */
  static Certificate of(HeapDump dump, Derivation derivation) {
    Map<Long, List<Long>> keys = new HashMap<>();
    Map<Long, Long> owners = new HashMap<>();
    for (ThreadNode thread : derivation.leaked()) {
      ThreadNode owner = thread.rider == null ? thread.owner : thread.rider;
      List<Long> ids = List.of();
      if (owner == null) {
        ids = Arrays.stream(thread.keys).mapToObj(dump::id).toList();
      } else {
        owners.put(thread.record.id(), owner.record.id());
      }
      keys.put(thread.record.id(), ids);
    }
    return new Certificate(
        id -> {
          int object = dump.find(id);
          return object >= 0 && derivation.marking().isMarked(object);
        },
        keys,
        owners);
  }
}
