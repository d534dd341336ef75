package io.gb.harness.http;

import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Runs a fixed number of connections, each taking jobs from a queue until it is closed and drained,
 * and records the outcome of each job.
 *
 * <p>With keep-alive, every connection takes one job before any takes its second, so that a run of
 * at least as many jobs as connections opens them all. A job is sent on a new connection if its
 * kept one turns out to have been closed before any byte of the request was written. A request of
 * which something was written is sent again only if the configuration allows it, and the method is
 * idempotent: the server may have carried it out. A job that does not end within its deadline is
 * cut off, whatever the server does, and fails.
 *
 * <p>One thread opens, starts and closes an engine; any thread may abort it. The engine owns its
 * threads and connections: after {@link #close()} none is left.
 */
public interface Engine extends AutoCloseable {

  /**
   * Starts the connections. Does not wait.
   *
   * @param jobs the queue to take jobs from
   * @param sinks returns the sink for the outcomes of a connection, numbered from 0
   * @return is completed when every connection has ended, as each does once the queue is closed and
   *     drained; an unexpected error in one of the engine's threads closes the queue and aborts
   * @throws IllegalStateException if the engine has been started before
   */
  CompletableFuture<EngineEnd> start(JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks);

  /**
   * Ends all connections now. Recalls the jobs that are under way: no outcome is recorded for them,
   * nor for a job that a connection may still take before it ends. Does not wait.
   */
  void abort();

  /** Aborts, waits for all threads to end, and closes all connections. */
  @Override
  void close();
}
