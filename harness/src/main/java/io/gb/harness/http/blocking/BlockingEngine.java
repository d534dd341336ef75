package io.gb.harness.http.blocking;

import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.Endpoint;
import io.gb.harness.http.Engine;
import io.gb.harness.http.EngineConfig;
import io.gb.harness.http.ExchangeListener;
import io.gb.harness.http.ServerInfo;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.harness.job.Uninterruptibly;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.jspecify.annotations.Nullable;

/** Runs each connection on a virtual thread of its own with blocking calls. */
public final class BlockingEngine implements Engine {

  /** Room for a response of ordinary size in one read, as long as there are not too many of it. */
  private static final int LARGE_BUFFER = 16 * 1024;

  private static final int SMALL_BUFFER = 4 * 1024;
  private static final int MANY_CONNECTIONS = 1024;
  private static final int MAX_HEAD_LINE = 64 * 1024;
  private static final int MAX_HEADERS = 1000;

  private final EngineConfig config;
  private final Endpoint endpoint;
  private final List<BlockingConnection> connections;
  private final List<Thread> workers = new ArrayList<>();
  private final Tls tls;
  private final Watchdog watchdog;
  private final CountDownLatch allHaveTaken;
  private final AtomicLong recalled = new AtomicLong();
  private final AtomicReference<@Nullable ServerInfo> server = new AtomicReference<>();
  private volatile @Nullable PreparedRequest lastPrepared;
  private boolean started;

  /**
   * Prepares an engine. Opens no connection yet.
   *
   * @param config what to connect to, and how; of a kind that this engine is
   * @param endpoint where to connect to
   */
  public BlockingEngine(EngineConfig config, Endpoint endpoint) {
    this.config = config;
    this.endpoint = endpoint;
    tls = new Tls(config.transport().tls(), config.host());
    connections = createConnections();
    watchdog = new Watchdog(connections, config.timeout());
    allHaveTaken = new CountDownLatch(config.keepAlive() ? config.connections() : 0);
  }

  private List<BlockingConnection> createConnections() {
    int bufferSize = config.connections() > MANY_CONNECTIONS ? SMALL_BUFFER : LARGE_BUFFER;
    Http1Config http1 =
        Http1Config.custom()
            .setBufferSize(bufferSize)
            .setMaxLineLength(MAX_HEAD_LINE)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    // Bodies are read into shared arrays and never looked at, so it is no race that matters; more
    // than one array, so that processors do not fight for the same cache lines.
    byte[][] discarded = new byte[4 * Runtime.getRuntime().availableProcessors()][LARGE_BUFFER];
    List<BlockingConnection> created = new ArrayList<>(config.connections());
    for (int i = 0; i < config.connections(); i++) {
      byte[] bin = discarded[i % discarded.length];
      created.add(
          switch (config.kind()) {
            case CORE -> new CoreConnection(this, http1, bin);
            case CLIENT -> new ClientConnection(this, http1, bin);
            case LOOP -> throw new IllegalArgumentException("no blocking engine: " + config.kind());
          });
    }
    return List.copyOf(created);
  }

  EngineConfig config() {
    return config;
  }

  Tls tls() {
    return tls;
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
    watchdog.start();
    CompletableFuture<Void> done = new CompletableFuture<>();
    AtomicInteger alive = new AtomicInteger(connections.size());
    for (int i = 0; i < connections.size(); i++) {
      BlockingConnection connection = connections.get(i);
      OutcomeSink sink = sinks.apply(i);
      workers.add(
          Thread.ofVirtual()
              .name("gb-worker-" + i)
              .start(() -> {
                try {
                  work(connection, jobs, sink);
                } catch (Throwable e) {
                  done.completeExceptionally(e);
                }
                if (alive.decrementAndGet() == 0) {
                  done.complete(null);
                }
              }));
    }
    return done;
  }

  private void work(BlockingConnection connection, JobQueue<Job> jobs, OutcomeSink sink)
      throws InterruptedException {
    try (connection) {
      Job job;
      try {
        job = jobs.take();
      } finally {
        allHaveTaken.countDown();
      }
      while (job != null) {
        Outcome outcome = connection.exchange(job);
        if (outcome == null) {
          recalled.incrementAndGet();
          return;
        }
        sink.record(outcome);
        allHaveTaken.await();
        job = jobs.take();
      }
    }
  }

  @Override
  public void abort() {
    connections.forEach(BlockingConnection::abort);
  }

  @Override
  public long recalled() {
    return recalled.get();
  }

  /** Every job is begun as soon as it is taken. */
  @Override
  public long unstarted() {
    return 0;
  }

  @Override
  public ConnectionCounts connections() {
    return connections.stream()
        .map(BlockingConnection::counts)
        .reduce(new ConnectionCounts(0, 0), ConnectionCounts::plus);
  }

  @Override
  public Optional<ServerInfo> server() {
    return Optional.ofNullable(server.get());
  }

  /** The encoded form of a job; one that repeats, as in a closed run, is encoded once for all. */
  @SuppressWarnings("ReferenceEquality") // the same instance is what makes the shortcut right
  PreparedRequest prepare(Job job) {
    PreparedRequest last = lastPrepared;
    if (last == null || last.job() != job) {
      last = new PreparedRequest(job);
      lastPrepared = last;
    }
    return last;
  }

  /** Whether {@link #onResponse} is of use now; it never is again in most runs, after the first. */
  boolean wantsResponses() {
    return config.listener() != null || server.get() == null;
  }

  void onResponse(Job job, HttpResponse response, @Nullable SSLSession session, byte[] firstBytes) {
    if (server.get() == null && response.getCode() >= HttpStatus.SC_SUCCESS) {
      Header software = response.getFirstHeader(HttpHeaders.SERVER);
      server.compareAndSet(
          null,
          new ServerInfo(
              software == null ? "" : software.getValue(),
              session == null ? null : tlsInfo(session, firstBytes)));
    }
    ExchangeListener listener = config.listener();
    if (listener != null) {
      listener.responded(job, response.getCode(), head(response));
    }
  }

  private ServerInfo.TlsInfo tlsInfo(SSLSession session, byte[] firstBytes) {
    return new ServerInfo.TlsInfo(
        session.getProtocol(),
        session.getCipherSuite(),
        keyBits(session),
        KeyExchange.temporaryKey(firstBytes, session.getCipherSuite()).orElse(null),
        tls.serverName());
  }

  private static int keyBits(SSLSession session) {
    try {
      return switch (session.getPeerCertificates()[0].getPublicKey()) {
        case RSAKey rsa -> rsa.getModulus().bitLength();
        case ECKey ec -> ec.getParams().getOrder().bitLength();
        case EdECKey ed -> ed.getParams().getName().equals("Ed25519") ? 256 : 456;
        default -> 0;
      };
    } catch (SSLPeerUnverifiedException e) {
      return 0;
    }
  }

  private static String head(HttpResponse response) {
    StringBuilder text = new StringBuilder();
    text.append(response.getVersion()).append(' ').append(response.getCode());
    if (response.getReasonPhrase() != null) {
      text.append(' ').append(response.getReasonPhrase());
    }
    text.append('\n');
    for (Header header : response.getHeaders()) {
      text.append(header.getName()).append(": ").append(header.getValue()).append('\n');
    }
    return text.toString();
  }

  @Override
  public synchronized void close() {
    if (started) {
      abort();
      // A worker may still wait for a job, if the owner of the queue did not close it.
      workers.forEach(Thread::interrupt);
      workers.forEach(Uninterruptibly::join);
      watchdog.close();
    }
    connections.forEach(BlockingConnection::close);
  }
}
