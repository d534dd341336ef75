package io.gb.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Standard error, written by a thread of its own. Who writes here waits until the system has taken
 * the bytes, as with any stream, but only until {@link #stopWaiting()}: a pipe that nobody reads
 * must not keep a run from ending. Thread-safe. The thread is a daemon, and starts with the first
 * byte.
 */
public final class StandardError extends OutputStream {

  private static final long PATIENCE_NANOS = 1_000_000_000;

  /** How much is kept for a reader who may still come. */
  private static final int ROOM = 1 << 20;

  private static final int PIECE = 4 * 1024;

  private final PrintStream out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private @Nullable Thread writer;
  private boolean isWriting;
  private boolean isHurried;
  private volatile long lastProgress = System.nanoTime();

  /**
   * A stream that has written nothing yet.
   *
   * @param out where the thread writes
   */
  public StandardError(PrintStream out) {
    this.out = out;
  }

  /**
   * From now on, nobody waits for longer than a second in which no byte is taken, and what does not
   * fit into a buffer of 1 MB is dropped.
   */
  public synchronized void stopWaiting() {
    isHurried = true;
    notifyAll();
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (writer == null) {
      writer = Thread.ofPlatform().name("gb-stderr").daemon().start(this::run);
    }
    if (!isBehind()) {
      lastProgress = System.nanoTime();
    } else if (isHurried && pending.size() > ROOM) {
      return;
    }
    pending.write(bytes, offset, length);
    notifyAll();
    try {
      awaitReader();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isBehind() {
    return isWriting || pending.size() > 0;
  }

  private synchronized void awaitReader() throws InterruptedException {
    while (isBehind()) {
      if (isHurried) {
        long left = PATIENCE_NANOS - (System.nanoTime() - lastProgress);
        if (left <= 0) {
          return;
        }
        // Rounded up, since a wait of 0 has no end.
        wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      } else {
        wait();
      }
    }
  }

  private void run() {
    try {
      while (true) {
        byte[] next = take();
        for (int at = 0; at < next.length; at += PIECE) {
          out.write(next, at, Math.min(PIECE, next.length - at));
          out.flush();
          lastProgress = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread.
    }
  }

  private synchronized byte[] take() throws InterruptedException {
    isWriting = false;
    notifyAll();
    while (pending.size() == 0) {
      wait();
    }
    byte[] next = pending.toByteArray();
    pending.reset();
    isWriting = true;
    return next;
  }
}
