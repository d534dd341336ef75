package io.gb.demo;

import java.io.IOException;

/** Sends requests, concurrent ones on connections of their own. Thread-safe. */
public interface Sender extends AutoCloseable {

  /**
   * Sends a request and reads the whole response.
   *
   * @param meanwhile is run after the response has begun, while its connection is in use
   * @throws IOException if the request fails
   */
  void send(Runnable meanwhile) throws IOException;

  /** Closes all connections, and ends the threads that manage them. */
  @Override
  void close();
}
