package io.gb.demo;

import java.io.IOException;

/** Sends requests, each on a connection of its own while it is under way. Thread-safe. */
public interface Sender extends AutoCloseable {

  /**
   * Sends a request and reads the whole response.
   *
   * @param meanwhile is run when the response has begun and its connection is still in use
   * @throws IOException if that fails
   */
  void send(Runnable meanwhile) throws IOException;

  /** Closes all connections, and ends the threads that look after them. */
  @Override
  void close();
}
