package io.gb.harness.http;

import io.gb.harness.job.Job;

/** Is told of each response, for debugging. Called on the engine's threads, many at a time. */
@FunctionalInterface
public interface ExchangeListener {

  /**
   * A response head arrived.
   *
   * @param job the request
   * @param status the status code, 100 to 999
   * @param head the status line and the header fields, lines ended by {@code \n}
   */
  void responded(Job job, int status, String head);
}
