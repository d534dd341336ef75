package io.gb.harness.stats;

import io.gb.harness.job.ErrorKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sums of a run. Immutable. The distributions of times contain completed requests only, so that
 * fast failures do not improve them; {@code failedTotal} contains the failed ones.
 *
 * @param completed requests with a complete response
 * @param failed requests that failed
 * @param statuses complete responses by their status, 100 to 999, where 999 includes any higher
 *     number; those of the wrong length included; no entry for a status that did not occur
 * @param keptAlive completed requests whose connection stayed open
 * @param bytesReceived all bytes received, of failed requests too
 * @param bytesSent all bytes sent, of failed requests too
 * @param bodyBytes bytes of response bodies of completed requests
 * @param connect time to connect, TLS included, 0 on reused connections
 * @param newConnect time to connect, TLS included, of those requests that opened a connection
 * @param handshake time of TLS handshakes, part of newConnect; none without TLS
 * @param processing total less connect
 * @param waiting from the request fully written to the first byte of the response
 * @param total from the start of the job to the last byte of the response
 * @param failedTotal from the start of the job to its failure
 * @param errors the failures by kind; no entry for a kind without failures
 */
public record Summary(
    long completed,
    long failed,
    Map<Integer, Long> statuses,
    long keptAlive,
    long bytesReceived,
    long bytesSent,
    long bodyBytes,
    Latencies connect,
    Latencies newConnect,
    Latencies handshake,
    Latencies processing,
    Latencies waiting,
    Latencies total,
    Latencies failedTotal,
    Map<ErrorKind, ErrorSummary> errors) {

  /** Copies the maps, in the order of their keys. */
  public Summary {
    statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
  }

  /** {@return how many complete responses had a status other than 2xx} */
  public long nonSuccess() {
    return statuses.entrySet().stream()
        .filter(status -> status.getKey() / 100 != 2)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** {@return how many requests failed only because the body had another length than the first} */
  public long wrongLength() {
    return statuses.values().stream().mapToLong(Long::longValue).sum() - completed;
  }

  /**
   * {@return how many requests failed with one of these kinds}
   *
   * @param kinds the kinds, each once
   */
  public long failures(ErrorKind... kinds) {
    return Arrays.stream(kinds)
        .mapToLong(kind -> errors.containsKey(kind) ? errors.get(kind).count() : 0)
        .sum();
  }
}
