package io.gb.harness.http;

/**
 * What happened to the connections of a run. Immutable; all values are zero or positive.
 *
 * @param opened connections that were established
 * @param closedByServer connections that the server closed between two requests, found when the
 *     next one was sent; that request was sent again on a new connection
 */
public record ConnectionCounts(long opened, long closedByServer) {}
