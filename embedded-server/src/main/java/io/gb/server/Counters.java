package io.gb.server;

import java.util.concurrent.atomic.LongAdder;

/** Counts the requests and connections of a server since its start. Thread-safe, lock-free. */
final class Counters {

  private final LongAdder requests = new LongAdder();
  private final LongAdder opened = new LongAdder();
  private final LongAdder closed = new LongAdder();

  void requestReceived() {
    requests.increment();
  }

  void connectionOpened() {
    opened.increment();
  }

  void connectionClosed() {
    closed.increment();
  }

  long requests() {
    return requests.sum();
  }

  long connectionsOpened() {
    return opened.sum();
  }

  /** Reads {@code closed} first, so that a race never yields a negative number. */
  long connectionsOpen() {
    long closedBefore = closed.sum();
    return opened.sum() - closedBefore;
  }
}
