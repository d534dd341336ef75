package io.gb.demo;

import java.io.InterruptedIOException;

/** Needs no network and takes no time, so that only queue and workers count. */
public final class InstantSender implements Sender {

  /** Creates one. */
  public InstantSender() {}

  @Override
  public void send() {}

  @Override
  public void sendSlowly() throws InterruptedIOException {
    try {
      Thread.sleep(WorkerRun.SLOW);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() {}
}
