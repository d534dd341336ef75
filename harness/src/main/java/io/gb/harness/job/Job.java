package io.gb.harness.job;

import java.util.List;

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

  /** Copies the list of headers. */
  public Job {
    headers = List.copyOf(headers);
  }
}
