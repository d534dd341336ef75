package io.gb.harness.http;

import io.gb.harness.job.Job;

/**
 * Is called with each response, for debugging, by several threads of the engine at once. A method
 * that waits holds up the requests of its thread.
 */
@FunctionalInterface
public interface ExchangeListener {

  /**
   * Takes note of a response head, final or interim.
   *
   * @param job the request
   * @param status the status code, 100 to 999
   * @param head the status line and the header fields, lines ended by {@code \n}
   */
  void responded(Job job, int status, String head);

  /**
   * {@return how many bytes of a body {@link #bodyRead} wants at most; 0, the default, for none}
   */
  default int bodyBytes() {
    return 0;
  }

  /**
   * Takes note of a body that was read to its end or cut short; not called if it has no byte.
   *
   * @param job the request
   * @param beginning its first bytes, at most {@link #bodyBytes()}, without the framing of chunks
   * @param length how many bytes of it were read
   */
  default void bodyRead(Job job, byte[] beginning, long length) {}

  /**
   * Is called when the engine is about to end: a method of this listener must not wait for anything
   * from now on, or the run would not end. May be called more than once. What it throws is ignored.
   */
  default void stopWaiting() {}
}
