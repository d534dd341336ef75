package io.gb.harness.http.loop;

import io.gb.harness.http.ConnectionCounts;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thread with the connections that it owns. It waits in the selector only, which wakes it for
 * bytes, for the next deadline, for a new job ({@link JobFeed}) and for an abort.
 */
final class EventLoop {

  private static final int BUFFER = 128 * 1024;

  /** How often to look for an attempt to connect that has reached its limit. */
  private static final long LOOK_MILLIS = 20;

  private final LoopEngine engine;
  private final int number;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final List<LoopConnection> connections = new ArrayList<>();
  private final Queue<LoopConnection> idle = new ArrayDeque<>();
  private final Deadlines deadlines = new Deadlines();
  private final long timeoutNanos;
  private final boolean limitsAttempts;
  private int connectionsInUse;
  private long lastLook;
  private @Nullable Thread thread;
  private volatile boolean aborted;
  private long recalled;
  private long longestUnderWayNanos;
  private long unstarted;

  EventLoop(LoopEngine engine, int number) throws IOException {
    this.engine = engine;
    this.number = number;
    timeoutNanos = engine.config().timeout().toNanos();
    limitsAttempts = engine.addresses().areSeveral();
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
   * @param jobs the queue to take jobs from
   * @param sharers how many loops take from that queue
   */
  void start(JobQueue<Job> jobs, int sharers) {
    JobFeed feed =
        new JobFeed(
            jobs, sharers, connections.size(), "gb-feed-" + number, selector::wakeup, engine::fail);
    thread =
        Thread.ofPlatform().name("gb-loop-" + number).daemon().start(() -> engine.run(this, feed));
  }

  /** Runs until the queue is drained or the loop is aborted. */
  void run(JobFeed feed) throws IOException {
    // A request is sent before the next response is read, so that the server has work meanwhile.
    // Only one: requests that fail at once would otherwise be repeated for every ready response.
    Consumer<SelectionKey> onReady =
        key -> {
          ((LoopConnection) key.attachment()).onReady(key);
          giveJobs(feed, 1);
        };
    try {
      feed.start();
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
   * Gives each idle connection a job while there are jobs.
   *
   * @param most the largest number of connections to give a job
   * @return whether there are idle connections left and possibly jobs for them
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

  /** Rounded up; 0 means to wait without a limit. */
  private long millisUntilDeadline() {
    LoopConnection next = deadlines.first();
    if (next == null) {
      return 0;
    }
    long left = timeoutNanos - (System.nanoTime() - next.startNanos());
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    return limitsAttempts ? Math.min(LOOK_MILLIS, millis) : millis;
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
    if (limitsAttempts && now - lastLook >= TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
      lastLook = now;
      connections.forEach(connection -> connection.limitAttempt(now));
    }
  }

  private void end(JobFeed feed) throws IOException {
    LoopConnection oldest = deadlines.first();
    longestUnderWayNanos = oldest == null ? 0 : System.nanoTime() - oldest.startNanos();
    // The heap may be full: until the connections have given back their memory, nothing may
    // allocate, neither an iterator nor a stream.
    for (int i = 0; i < connections.size(); i++) {
      LoopConnection connection = connections.get(i);
      recalled += connection.isUnderWay() ? 1 : 0;
      connection.release();
    }
    try {
      connections.forEach(LoopConnection::close);
    } finally {
      try {
        unstarted = feed.recall();
      } finally {
        try {
          selector.close();
        } finally {
          engine.haveTaken(connections.size() - connectionsInUse);
        }
      }
    }
  }

  /** Takes note that an exchange has ended: its connection may get the next job. */
  void onEnd(LoopConnection connection) {
    deadlines.remove(connection);
    idle.add(connection);
  }

  /** Registers a channel with the selector. */
  SelectionKey register(SocketChannel channel, int interest, LoopConnection connection)
      throws IOException {
    return channel.register(selector, interest, connection);
  }

  /** Returns the buffer to read into. Its content is valid until the next call. */
  ByteBuffer emptyBuffer() {
    return buffer.clear();
  }

  /** Makes the loop check its state again. Any thread may call it. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Ends the loop. Any thread may call it. */
  void abort() {
    aborted = true;
    selector.wakeup();
  }

  /** Returns how many jobs were under way when the loop ended. */
  long recalled() {
    return recalled;
  }

  /** Returns how long the oldest of these had been under way, 0 without any. */
  long longestUnderWayNanos() {
    return longestUnderWayNanos;
  }

  /** Returns how many jobs had been taken from the queue but not begun when the loop ended. */
  long unstarted() {
    return unstarted;
  }

  /** Returns what happened to each connection. */
  Stream<ConnectionCounts> counts() {
    return connections.stream().map(LoopConnection::counts);
  }

  /** Waits until the thread has ended, or closes the selector if the thread never started. */
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
