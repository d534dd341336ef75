package io.gb.harness.http;

import java.util.Map;
import java.util.Optional;

/**
 * How the run of an engine ended. Immutable.
 *
 * @param recalled how many jobs were under way when {@link Engine#abort()} cut them off; they have
 *     no outcome
 * @param unstarted how many jobs an engine had taken from the queue but not begun at that moment;
 *     they have no outcome either
 * @param connections what happened to the connections
 * @param sloppyResponses how many complete responses were sloppy in each way; no entry for a way
 *     that did not occur
 * @param server what the server told of itself; empty if no response arrived
 */
public record EngineEnd(
    long recalled,
    long unstarted,
    ConnectionCounts connections,
    Map<Sloppiness, Long> sloppyResponses,
    Optional<ServerInfo> server) {}
