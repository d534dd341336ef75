package io.gb.demo;

import java.io.IOException;

/** Sends requests; one for all workers, each with a connection of its own. Thread-safe. */
public interface Sender extends AutoCloseable {

  /**
   * Sends a request and reads the whole response.
   *
   * @throws IOException if that fails
   */
  void send() throws IOException;

  /**
   * Does the same, but the answer takes {@link WorkerRun#SLOW}.
   *
   * @throws IOException if that fails
   */
  void sendSlowly() throws IOException;

  /** Closes all connections, and ends the threads that look after them. */
  @Override
  void close();
}
