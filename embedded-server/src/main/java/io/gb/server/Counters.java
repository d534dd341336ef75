package io.gb.server;

import java.util.concurrent.atomic.LongAdder;

/** What a server has seen since its start. Thread-safe; adding never blocks. */
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

  /** Read closed before opened, so that a race never yields a negative number. */
  long connectionsOpen() {
    long closedBefore = closed.sum();
    return opened.sum() - closedBefore;
  }
}
