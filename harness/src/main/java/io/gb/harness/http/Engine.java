package io.gb.harness.http;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Runs a fixed number of connections, each taking jobs from a queue until it is closed and drained,
 * and records what became of each job.
 *
 * <p>With keep-alive, every connection takes one job before any takes its second, so that a run of
 * at least as many jobs as connections opens them all. A job whose reused connection turns out to
 * have been closed by the server before any byte of the response is sent again on a new one. A job
 * that does not end within the deadline is cut off, whatever the server does, and fails.
 *
 * <p>Thread-safe. The engine owns its threads and connections: after {@link #close()} none is left.
 */
public interface Engine extends AutoCloseable {

  /**
   * Starts the connections. Call once.
   *
   * @param jobs where they take their jobs from
   * @param sinks gives the sink for the outcomes of a connection, numbered from 0
   * @return is completed when every connection has ended, as each does once the queue is closed and
   *     drained; exceptionally as soon as one is ended by an unexpected error
   */
  CompletableFuture<Void> start(JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks);

  /**
   * Ends all connections now. Recalls the jobs that are under way: no outcome is recorded for them,
   * nor for a job that a connection may still take before it ends. Does not wait.
   */
  void abort();

  /** Returns how many jobs were recalled by {@link #abort()}; final once all have ended. */
  long recalled();

  /**
   * Returns how many jobs had been taken from the queue when {@link #abort()} came, but not begun;
   * final once all have ended.
   */
  long unstarted();

  /** Returns what happened to the connections; final once all have ended. */
  ConnectionCounts connections();

  /** Returns what the server told of itself, once a response has arrived. */
  Optional<ServerInfo> server();

  /** Recalls what is under way, waits for all threads to end and closes all connections. */
  @Override
  void close();
}
