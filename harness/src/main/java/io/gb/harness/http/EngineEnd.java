package io.gb.harness.http;

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
 * @param server what the server told of itself; empty if no response arrived
 */
public record EngineEnd(
    long recalled,
    long longestUnderWayNanos,
    long unstarted,
    ConnectionCounts connections,
    Optional<ServerInfo> server) {}
