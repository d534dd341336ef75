package io.gb.leaks.proof;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What makes a proof checkable without searching anything: the set of all that is live, and for
 * each leaked thread the objects of which none may be in that set. Threads are named by the ids of
 * their Thread objects.
 *
 * @param isLive whether the object with an id is in the live set
 * @param keys the ids of the keys of each leaked thread; none if it has an owner
 * @param owners for those that only another thread can wake, that thread: the owner of the monitor
 *     at whose entrance they wait, or the virtual thread that they carry
 */
public record Certificate(
    LongPredicate isLive, Map<Long, List<Long>> keys, Map<Long, Long> owners) {

  /** Copies the maps. */
  public Certificate {
    keys = Map.copyOf(keys);
    owners = Map.copyOf(owners);
  }
}
