package io.gb.harness.http;

import io.gb.harness.http.response.ResponseHead;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.http.response.Sloppiness;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.OutcomeSink;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part that is the same in every engine: it starts once, completes one future when its last
 * thread has ended, encodes each job once, and looks at response heads.
 *
 * @param <R> an encoded request
 */
public abstract class AbstractEngine<R> implements Engine {

  private static final int FIRST_FINAL_STATUS = 200;
  private static final int RESERVE = 1024 * 1024;

  private final Origin origin;
  private final Addresses addresses;
  private final ConnectionConfig config;
  private final Function<Job, R> encoder;
  private final AtomicInteger running;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<EngineEnd> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable ServerInfo> server = new AtomicReference<>();
  private final Map<Sloppiness, LongAdder> sloppy = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile @Nullable JobQueue<Job> queue;

  /** Is given up when the heap is full, so that aborting can allocate the little that it needs. */
  private volatile byte @Nullable [] reserve = new byte[RESERVE];

  private volatile @Nullable Encoded<R> last;

  private record Encoded<R>(Job job, R request) {}

  /** One thread of an engine. */
  @FunctionalInterface
  protected interface Part {

    /**
     * Runs to the end.
     *
     * @throws Exception if the thread fails, which ends the engine
     */
    void run() throws Exception;
  }

  /**
   * Prepares an engine.
   *
   * @param origin the server that requests are for
   * @param addresses the addresses to connect to, which are the proxy's if there is one
   * @param config how to connect
   * @param parts how many times {@link #runPart} will be called, at least 1
   * @param encoder encodes a job into a request that all connections can share
   */
  protected AbstractEngine(
      Origin origin,
      List<InetSocketAddress> addresses,
      ConnectionConfig config,
      int parts,
      Function<Job, R> encoder) {
    this.origin = origin;
    this.addresses = new Addresses(addresses, config);
    this.config = config;
    this.encoder = encoder;
    running = new AtomicInteger(parts);
  }

  /** {@return the server that requests are for} */
  public final Origin origin() {
    return origin;
  }

  /** {@return the addresses to connect to} */
  public final Addresses addresses() {
    return addresses;
  }

  /** {@return how to connect} */
  public final ConnectionConfig config() {
    return config;
  }

  @Override
  public final CompletableFuture<EngineEnd> start(
      JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks) {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("already started");
    }
    queue = jobs;
    launch(jobs, sinks);
    return end;
  }

  /**
   * Starts the threads, each of which calls {@link #runPart}.
   *
   * @param jobs the queue to take jobs from
   * @param sinks returns the sink for the outcomes of a connection, numbered from 0
   */
  protected abstract void launch(JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks);

  /** {@return how the engine ended} Called once, after the last part has ended. */
  protected abstract EngineEnd collectEnd();

  /**
   * Runs one part in the calling thread, and completes the engine's future if it is the last.
   *
   * @param part the part
   */
  protected final void runPart(Part part) {
    try {
      part.run();
    } catch (InterruptedException e) {
      // Only close interrupts: no more jobs are wanted.
    } catch (Throwable e) {
      fail(e);
    } finally {
      if (running.decrementAndGet() == 0) {
        complete();
      }
    }
  }

  private void complete() {
    try {
      EngineEnd collected;
      try {
        collected = collectEnd();
      } catch (OutOfMemoryError e) {
        // Once more: the connections have given back their memory by now.
        failure.compareAndSet(null, e);
        collected = collectEnd();
      }
      end.complete(collected);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  /**
   * Ends the engine because of an error that must not occur, or because the heap is full. What was
   * recorded so far stays; {@link EngineEnd#failure} tells of the first such error.
   *
   * @param e the error
   */
  public final void fail(Throwable e) {
    if (reserve != null) {
      reserve = null;
    }
    failure.compareAndSet(null, e);
    try {
      JobQueue<Job> jobs = queue;
      if (jobs != null) {
        jobs.close();
      }
      abort();
    } catch (Throwable again) {
      // The first error counts. The other threads go on, and fail as well or reach the end of the
      // queue.
    }
  }

  /**
   * {@return the end of this engine}
   *
   * @param recalled see {@link EngineEnd}
   * @param longestUnderWayNanos see {@link EngineEnd}
   * @param unstarted see {@link EngineEnd}
   * @param connections the counts of each connection
   */
  protected final EngineEnd end(
      long recalled,
      long longestUnderWayNanos,
      long unstarted,
      List<ConnectionCounts> connections) {
    ConnectionCounts sum = ConnectionCounts.sum(connections);
    Map<Sloppiness, Long> sloppyResponses = new EnumMap<>(Sloppiness.class);
    sloppy.forEach((kind, count) -> sloppyResponses.put(kind, count.sum()));
    return new EngineEnd(
        recalled,
        longestUnderWayNanos,
        unstarted,
        sum,
        sloppyResponses,
        addresses.counts(),
        Optional.ofNullable(server.get()),
        Optional.ofNullable(failure.get()));
  }

  /**
   * Counts a complete response for each way in which it was sloppy.
   *
   * @param kinds see {@link ResponseHead#sloppiness()}; mostly none
   */
  public final void countSloppy(Set<Sloppiness> kinds) {
    if (kinds.isEmpty()) {
      return; // Without the iterator, which would be garbage for each response.
    }
    for (Sloppiness kind : kinds) {
      sloppy.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }
  }

  /**
   * {@return the failure of a request whose deadline has passed}
   *
   * @param phase what it was waiting for
   */
  public final SocketTimeoutException timeout(Phase phase) {
    return new SocketTimeoutException(
        "no complete response within "
            + config.timeout().toMillis()
            + " ms; the time ran out "
            + phase.words());
  }

  /**
   * {@return the encoded form of a job; while the same job repeats, it is encoded only once}
   *
   * @param job the job
   */
  @SuppressWarnings("ReferenceEquality") // a repeated job is the same instance
  public final R encode(Job job) {
    Encoded<R> current = last;
    if (current == null || current.job() != job) {
      current = new Encoded<>(job, encoder.apply(job));
      last = current;
    }
    return current.request();
  }

  /**
   * {@return whether {@link #onResponse} must be called for the next response: always with a
   * listener, otherwise only until the first response has told of the server}
   */
  public final boolean wantsResponses() {
    return config.listener() != null || server.get() == null;
  }

  /**
   * Takes note of a response head, final or interim.
   *
   * @param job the request
   * @param status the status code
   * @param info what the response tells of the server; asked for only if it is needed
   * @param head the status line and the header fields, lines ended by {@code \n}; likewise
   */
  protected final void onResponse(
      Job job, int status, Supplier<ServerInfo> info, Supplier<String> head) {
    if (server.get() == null && status >= FIRST_FINAL_STATUS) {
      server.compareAndSet(null, info.get());
    }
    ExchangeListener listener = config.listener();
    if (listener != null) {
      listener.responded(job, status, head.get());
    }
  }

  /** {@return how many bytes of the beginning of a body {@link #onBody} needs at most} */
  public final int bodyBytes() {
    ExchangeListener listener = config.listener();
    return listener == null ? 0 : listener.bodyBytes();
  }

  /**
   * Takes note of a body, complete or cut short.
   *
   * @param job the request
   * @param beginning its first bytes, at most {@link #bodyBytes()}
   * @param length how many bytes were read
   */
  public final void onBody(Job job, byte[] beginning, long length) {
    ExchangeListener listener = config.listener();
    if (listener != null && beginning.length > 0) {
      listener.bodyRead(job, beginning, length);
    }
  }

  /** Lets go the threads that wait in the listener. Called before they are waited for. */
  protected final void releaseListener() {
    ExchangeListener listener = config.listener();
    if (listener != null) {
      try {
        listener.stopWaiting();
      } catch (RuntimeException | Error e) {
        // The engine ends all the same, and closes its connections.
      }
    }
  }
}
