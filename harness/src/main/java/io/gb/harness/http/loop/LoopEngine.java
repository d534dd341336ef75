package io.gb.harness.http.loop;

import io.gb.harness.http.AbstractEngine;
import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.EngineEnd;
import io.gb.harness.http.Origin;
import io.gb.harness.http.response.ResponseHead;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Runs many connections on each of a few threads, without TLS. */
public final class LoopEngine extends AbstractEngine<EncodedRequest> {

  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger haveNotTaken;

  /**
   * Prepares an engine. Opens no connection yet.
   *
   * @param origin the server that requests are for, without TLS
   * @param addresses the addresses to connect to
   * @param config how to connect
   * @param threads how many loops, 1 to the number of connections
   * @throws IOException if the system has no more selectors to give
   */
  public LoopEngine(
      Origin origin, List<InetSocketAddress> addresses, ConnectionConfig config, int threads)
      throws IOException {
    super(origin, addresses, config, threads, EncodedRequest::new);
    haveNotTaken = new AtomicInteger(config.keepAlive() ? config.concurrency() : 0);
    try {
      for (int i = 0; i < threads; i++) {
        loops.add(new EventLoop(this, i));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  protected void launch(JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks) {
    for (int i = 0; i < config().concurrency(); i++) {
      loops.get(i % loops.size()).add(sinks.apply(i));
    }
    loops.forEach(loop -> loop.start(jobs, loops.size()));
  }

  /** Runs a loop, in its thread. */
  void run(EventLoop loop, JobFeed feed) {
    runPart(() -> loop.run(feed));
  }

  /** Returns whether every connection has taken a job, so that any may take its second. */
  boolean allHaveTaken() {
    return haveNotTaken.get() <= 0;
  }

  /** Notes that some more connections have taken their first job, or never will. */
  void haveTaken(int connections) {
    if (connections > 0 && haveNotTaken.addAndGet(-connections) <= 0) {
      loops.forEach(EventLoop::wakeUp);
    }
  }

  /** Takes note of a response head, final or interim. */
  void onResponse(Job job, ResponseHead head) {
    onResponse(job, head.status(), () -> new ServerInfo(head.server(), null), head::text);
  }

  @Override
  protected EngineEnd collectEnd() {
    return end(
        loops.stream().mapToLong(EventLoop::recalled).sum(),
        loops.stream().mapToLong(EventLoop::longestUnderWayNanos).max().orElse(0),
        loops.stream().mapToLong(EventLoop::unstarted).sum(),
        loops.stream().flatMap(EventLoop::counts).toList());
  }

  @Override
  public void abort() {
    releaseListener();
    for (EventLoop loop : loops) {
      loop.abort();
    }
  }

  @Override
  public void close() {
    abort();
    loops.forEach(EventLoop::join);
  }
}
