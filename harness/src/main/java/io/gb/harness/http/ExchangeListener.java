package io.gb.harness.http;

import io.gb.harness.job.Job;

/** Is called with each response, for debugging, by several threads of the engine at once. */
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
}
