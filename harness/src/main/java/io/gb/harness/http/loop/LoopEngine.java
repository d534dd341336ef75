package io.gb.harness.http.loop;

import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.Endpoint;
import io.gb.harness.http.Engine;
import io.gb.harness.http.EngineConfig;
import io.gb.harness.http.ExchangeListener;
import io.gb.harness.http.ServerInfo;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs many connections on each of a few threads, without TLS. */
public final class LoopEngine implements Engine {

  private static final int SUCCESS = 200;

  private final EngineConfig config;
  private final Endpoint endpoint;
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger haveNotTaken;
  private final AtomicReference<@Nullable ServerInfo> server = new AtomicReference<>();
  private volatile @Nullable EncodedRequest lastEncoded;
  private boolean started;

  /**
   * Prepares an engine. Opens no connection yet.
   *
   * @param config what to connect to, without TLS, and how
   * @param endpoint where to connect to
   * @param threads how many loops, at least 1; no more than there are connections will be used
   * @throws IOException if the system has no more selectors to give
   */
  public LoopEngine(EngineConfig config, Endpoint endpoint, int threads) throws IOException {
    this.config = config;
    this.endpoint = endpoint;
    haveNotTaken = new AtomicInteger(config.keepAlive() ? config.connections() : 0);
    try {
      for (int i = 0; i < Math.min(threads, config.connections()); i++) {
        loops.add(new EventLoop(this, i));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  EngineConfig config() {
    return config;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public synchronized CompletableFuture<Void> start(
      JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks) {
    if (started) {
      throw new IllegalStateException("already started");
    }
    started = true;
    for (int i = 0; i < config.connections(); i++) {
      loops.get(i % loops.size()).add(sinks.apply(i));
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    AtomicInteger running = new AtomicInteger(loops.size());
    for (EventLoop loop : loops) {
      var _ =
          loop.start(jobs, loops.size())
              .whenComplete((nothing, failure) -> {
                if (failure != null) {
                  done.completeExceptionally(failure);
                } else if (running.decrementAndGet() == 0) {
                  done.complete(null);
                }
              });
    }
    return done;
  }

  /** Whether every connection has taken a job, so that any may take its second. */
  boolean allHaveTaken() {
    return haveNotTaken.get() <= 0;
  }

  /** So many connections have taken their first job, or never will. */
  void haveTaken(int connections) {
    if (connections > 0 && haveNotTaken.addAndGet(-connections) <= 0) {
      loops.forEach(EventLoop::wakeUp);
    }
  }

  /** The encoded form of a job; one that repeats, as in a closed run, is encoded once for all. */
  @SuppressWarnings("ReferenceEquality") // the same instance is what makes the shortcut right
  EncodedRequest encode(Job job) {
    EncodedRequest last = lastEncoded;
    if (last == null || last.job() != job) {
      last = new EncodedRequest(job);
      lastEncoded = last;
    }
    return last;
  }

  /** Whether {@link #onResponse} is of use now; it never is again in most runs, after the first. */
  boolean wantsResponses() {
    return config.listener() != null || server.get() == null;
  }

  void onResponse(Job job, ResponseHead head) {
    if (server.get() == null && head.status() >= SUCCESS) {
      server.compareAndSet(null, new ServerInfo(head.server(), null));
    }
    ExchangeListener listener = config.listener();
    if (listener != null) {
      listener.responded(job, head.status(), head.text());
    }
  }

  @Override
  public void abort() {
    loops.forEach(EventLoop::abort);
  }

  @Override
  public long recalled() {
    return loops.stream().mapToLong(EventLoop::recalled).sum();
  }

  @Override
  public long unstarted() {
    return loops.stream().mapToLong(EventLoop::unstarted).sum();
  }

  @Override
  public ConnectionCounts connections() {
    long opened = 0;
    long closedByServer = 0;
    for (EventLoop loop : loops) {
      for (LoopConnection connection : loop.connections()) {
        opened += connection.opened();
        closedByServer += connection.closedByServer();
      }
    }
    return new ConnectionCounts(opened, closedByServer);
  }

  @Override
  public Optional<ServerInfo> server() {
    return Optional.ofNullable(server.get());
  }

  @Override
  public synchronized void close() {
    abort();
    loops.forEach(EventLoop::join);
  }
}
