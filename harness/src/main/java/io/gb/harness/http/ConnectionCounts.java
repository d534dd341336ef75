package io.gb.harness.http;

import java.util.List;

/**
 * What happened to the connections of a run. Immutable; all values are zero or positive.
 *
 * @param opened connections that were established
 * @param closedByServer connections that the server closed between two requests, found before any
 *     byte of the next one was written; that request was sent on a new connection
 * @param requestsSent how many times a request was sent, counted when its first bytes are written:
 *     a request that is sent again counts again
 * @param resent how many of these were sent again because the server closed a kept connection
 *     without a response; 0 unless {@link ConnectionConfig#retry}
 * @param sentOnReused how many of the requests sent went over a connection that had carried one
 *     before
 */
public record ConnectionCounts(
    long opened, long closedByServer, long requestsSent, long resent, long sentOnReused) {

  /** {@return the sum of the counts of several connections} */
  static ConnectionCounts sum(List<ConnectionCounts> all) {
    return all.stream()
        .reduce(
            new ConnectionCounts(0, 0, 0, 0, 0),
            (one, other) ->
                new ConnectionCounts(
                    one.opened + other.opened,
                    one.closedByServer + other.closedByServer,
                    one.requestsSent + other.requestsSent,
                    one.resent + other.resent,
                    one.sentOnReused + other.sentOnReused));
  }
}
