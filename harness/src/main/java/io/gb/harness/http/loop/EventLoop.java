package io.gb.harness.http.loop;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import io.gb.harness.job.Uninterruptibly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread with the connections that it owns. It waits for the selector alone: for bytes, for the
 * next deadline, for a job that came ({@link JobFeed}), for the end.
 */
final class EventLoop {

  private static final int BUFFER = 128 * 1024;

  private final LoopEngine engine;
  private final int number;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final List<LoopConnection> connections = new ArrayList<>();
  private final Queue<LoopConnection> idle = new ArrayDeque<>();
  private final Deadlines deadlines = new Deadlines();
  private final long timeoutNanos;
  private int connectionsInUse;
  private @Nullable Thread thread;
  private volatile boolean aborted;
  private volatile long recalled;
  private volatile long unstarted;

  EventLoop(LoopEngine engine, int number) throws IOException {
    this.engine = engine;
    this.number = number;
    timeoutNanos = engine.config().timeout().toNanos();
    selector = Selector.open();
  }

  void add(OutcomeSink sink) {
    LoopConnection connection = new LoopConnection(engine, this, sink);
    connections.add(connection);
    idle.add(connection);
  }

  /**
   * Starts the thread.
   *
   * @param jobs where its jobs come from
   * @param sharers how many loops take from there
   * @return is completed when it ends
   */
  CompletableFuture<Void> start(JobQueue<Job> jobs, int sharers) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    JobFeed feed =
        new JobFeed(jobs, sharers, connections.size(), "gb-feed-" + number, selector::wakeup);
    thread =
        Thread.ofPlatform()
            .name("gb-loop-" + number)
            .daemon()
            .start(() -> {
              try {
                run(feed);
                end.complete(null);
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            });
    return end;
  }

  private void run(JobFeed feed) throws IOException {
    // A request goes out before the next response is read, so that the server has work meanwhile.
    // Only one: those that fail at once would be tried again for every response there is.
    Consumer<SelectionKey> onReady =
        key -> {
          ((LoopConnection) key.attachment()).onReady(key);
          giveJobs(feed, 1);
        };
    feed.start();
    try {
      while (!aborted) {
        boolean again = giveJobs(feed, idle.size());
        if (deadlines.first() == null && feed.hasEnded()) {
          return;
        }
        if (again) {
          selector.selectNow(onReady);
        } else {
          selector.select(onReady, millisUntilDeadline());
        }
        expire();
      }
    } finally {
      end(feed);
    }
  }

  /**
   * Gives idle connections a job each, as long as there are any.
   *
   * @param most how many connections at most
   * @return whether there may be more for those that became idle again at once
   */
  private boolean giveJobs(JobFeed feed, int most) {
    for (int i = Math.min(most, idle.size()); i > 0 && !aborted; i--) {
      LoopConnection connection = idle.element();
      boolean first = !connection.hasTaken();
      if (!first && !engine.allHaveTaken()) {
        return false;
      }
      Job job =
          feed.poll(
              engine.allHaveTaken() ? connections.size() : connections.size() - connectionsInUse);
      if (job == null) {
        return false;
      }
      idle.remove();
      deadlines.add(connection);
      connection.start(job);
      if (first) {
        connectionsInUse++;
        engine.haveTaken(1);
      }
    }
    return !idle.isEmpty();
  }

  /** Rounded up; 0 means for ever. */
  private long millisUntilDeadline() {
    LoopConnection next = deadlines.first();
    if (next == null) {
      return 0;
    }
    long left = timeoutNanos - (System.nanoTime() - next.startNanos());
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1);
  }

  private void expire() {
    LoopConnection first = deadlines.first();
    if (first == null) {
      return;
    }
    long now = System.nanoTime();
    while (first != null && now - first.startNanos() >= timeoutNanos) {
      first.expire(now);
      first = deadlines.first();
    }
  }

  private void end(JobFeed feed) throws IOException {
    recalled = connections.stream().filter(LoopConnection::isUnderWay).count();
    unstarted = feed.recall();
    connections.forEach(LoopConnection::close);
    selector.close();
    engine.haveTaken(connections.size() - connectionsInUse);
  }

  /** An exchange has ended: its connection may have the next job. */
  void onEnd(LoopConnection connection) {
    deadlines.remove(connection);
    idle.add(connection);
  }

  /** Puts a channel under the selector's eyes. */
  SelectionKey register(SocketChannel channel, int interest, LoopConnection connection)
      throws IOException {
    return channel.register(selector, interest, connection);
  }

  /** Returns the buffer for what is read next, which is done with when the next is asked for. */
  ByteBuffer emptyBuffer() {
    return buffer.clear();
  }

  /** Makes the loop look at what has changed. Any thread may call it. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Ends the loop. Any thread may call it. */
  void abort() {
    aborted = true;
    selector.wakeup();
  }

  /** How many jobs were under way when the loop ended. */
  long recalled() {
    return recalled;
  }

  /** How many jobs had been taken from the queue when the loop ended, but not begun. */
  long unstarted() {
    return unstarted;
  }

  List<LoopConnection> connections() {
    return connections;
  }

  /** Waits until the thread has ended, or if it never started, gives back what it would have. */
  void join() {
    Thread started = thread;
    if (started == null) {
      try {
        selector.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      Uninterruptibly.join(started);
    }
  }
}
