package io.gb.harness.http;

import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.http.response.Sloppiness;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the run of an engine ended. Immutable.
 *
 * @param recalled how many jobs were under way when {@link Engine#abort()} cut them off; they have
 *     no outcome
 * @param longestUnderWayNanos how long the oldest of these had been under way, 0 without any
 * @param unstarted how many jobs an engine had taken from the queue but not begun at that moment;
 *     they have no outcome either
 * @param connections what happened to the connections
 * @param sloppyResponses how many complete responses were sloppy in each way; no entry for a way
 *     that did not occur
 * @param addresses how many connections each address got
 * @param server what the server told of itself; empty if no response arrived
 * @param failure the unexpected error that ended one of the engine's threads, and with it the
 *     engine, for example that the heap is full; empty if there was none
 */
public record EngineEnd(
    long recalled,
    long longestUnderWayNanos,
    long unstarted,
    ConnectionCounts connections,
    Map<Sloppiness, Long> sloppyResponses,
    List<AddressCount> addresses,
    Optional<ServerInfo> server,
    Optional<Throwable> failure) {

  /** Copies the list. */
  public EngineEnd {
    addresses = List.copyOf(addresses);
  }
}
