package io.gb.harness.job;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One request to send. Immutable: the same instance may be queued any number of times and sent by
 * many connections at once.
 *
 * @param method the request method, for example GET
 * @param target the request target, for example {@code /10k.dat?x=1}
 * @param headers the header fields in the order they are sent, complete: nothing is added to them
 * @param body the request body; empty for none. Not copied: do not change it afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // a large body is shared, never copied or compared
public record Job(String method, String target, List<Header> headers, byte[] body) {

  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  /** Copies the list of headers. */
  public Job {
    headers = List.copyOf(headers);
  }

  /**
   * {@return whether sending it twice is meant to have the effect of sending it once} Decided by
   * the method, RFC 9110, section 9.2.2.
   */
  public boolean isIdempotent() {
    return IDEMPOTENT.contains(method);
  }

  /** {@return whether it lets the connection stay open: no Connection field says close} */
  public boolean isPersistent() {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase("Connection"))
        .flatMap(header -> Arrays.stream(header.value().split(",", -1)))
        .noneMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  /**
   * {@return the request line, the header fields and the empty line behind them as HTTP/1.1 sends
   * them, lines ended by CR and LF}
   */
  public String head() {
    StringBuilder text = new StringBuilder(256);
    text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    for (Header header : headers) {
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    return text.append("\r\n").toString();
  }
}
