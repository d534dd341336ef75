package io.gb.leaks.proof;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What makes a proof checkable without searching anything: the set of all that is live, and for
 * each leaked thread the objects of which none may be in that set.
 *
 * @param isLive whether the object with an id is in the live set
 * @param keys the ids of the keys of each leaked thread, by the id of its Thread object
 * @param owners for those that wait at the entrance of a monitor, the Thread object of its owner
 * @param trusted the ids of the Thread objects whose stacks count, because they can run
 */
public record Certificate(
    LongPredicate isLive,
    Map<Long, List<Long>> keys,
    Map<Long, Long> owners,
    LongPredicate trusted) {

  /** Copies the maps. */
  public Certificate {
    keys = Map.copyOf(keys);
    owners = Map.copyOf(owners);
  }
}
