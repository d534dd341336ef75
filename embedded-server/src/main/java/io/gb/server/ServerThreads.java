package io.gb.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The threads of one server: its I/O threads and the one that accepts, named {@code gb-server-1
 * I/O-1}, {@code gb-server-1 Accept}. They have a thread group of their own: XNIO gives no
 * reference to the accepting thread, and reports its worker as terminated while its threads are
 * still running, so {@link #stop} joins the threads of the group.
 */
final class ServerThreads {

  private static final AtomicInteger STARTED = new AtomicInteger();

  private final ThreadGroup group;
  private final XnioWorker worker;

  private ServerThreads(ThreadGroup group, XnioWorker worker) {
    this.group = group;
    this.worker = worker;
  }

  /**
   * Starts {@code ioThreads} I/O threads and one that accepts. None of them is a daemon.
   *
   * @throws IOException if they cannot be started, for example for want of file descriptors; the
   *     message names their number
   */
  static ServerThreads start(int ioThreads) throws IOException {
    String name = "gb-server-" + STARTED.incrementAndGet();
    ThreadGroup group = new ThreadGroup(name);
    try {
      XnioWorker worker =
          Xnio.getInstance(ServerThreads.class.getClassLoader())
              .createWorkerBuilder()
              .setWorkerName(name)
              .setThreadGroup(group)
              .setWorkerIoThreads(ioThreads)
              .build();
      return new ServerThreads(group, worker);
    } catch (RuntimeException | Error e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IOException("cannot start " + ioThreads + " I/O threads: " + root.getMessage(), e);
    }
  }

  XnioWorker worker() {
    return worker;
  }

  /**
   * Closes every channel of these threads and returns once all of them are dead. Interruption does
   * not shorten the wait; it is kept for the caller. Close the listening channel first: that waits
   * for the accepting thread to hand over its last connection, which an I/O thread that is already
   * shutting down would refuse with a logged error.
   */
  void stop() {
    worker.shutdownNow();
    boolean interrupted = false;
    for (Thread thread : alive()) {
      interrupted |= joinFully(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread[] alive() {
    Thread[] found = new Thread[group.activeCount() + 1];
    int count = group.enumerate(found);
    while (count == found.length) {
      found = new Thread[2 * found.length];
      count = group.enumerate(found);
    }
    return Arrays.copyOf(found, count);
  }

  private static boolean joinFully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
