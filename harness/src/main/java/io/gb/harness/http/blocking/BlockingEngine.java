package io.gb.harness.http.blocking;

import io.gb.harness.http.AbstractEngine;
import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.EngineEnd;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.Origin;
import io.gb.harness.http.response.ResponseHead;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.harness.job.Uninterruptibly;
import java.net.InetSocketAddress;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.config.Http1Config;
import org.jspecify.annotations.Nullable;

/** Runs each connection on a virtual thread of its own with blocking calls. */
public final class BlockingEngine extends AbstractEngine<PreparedRequest> {

  /** Holds a response of ordinary size, as long as there are not too many connections. */
  private static final int LARGE_BUFFER = 16 * 1024;

  private static final int SMALL_BUFFER = 4 * 1024;
  private static final int MANY_CONNECTIONS = 1024;

  private final List<BlockingConnection> connections;
  private final List<Thread> workers = new ArrayList<>();
  private final Tls tls;
  private final Watchdog watchdog;
  private final CountDownLatch allHaveTaken;
  private final AtomicLong recalled = new AtomicLong();
  private final AtomicLong longestUnderWayNanos = new AtomicLong();

  /**
   * Prepares an engine. Opens no connection yet.
   *
   * @param origin the server that requests are for
   * @param addresses the addresses to connect to
   * @param config how to connect; with the engine CORE or CLIENT
   */
  public BlockingEngine(Origin origin, List<InetSocketAddress> addresses, ConnectionConfig config) {
    super(origin, addresses, config, config.concurrency(), job -> new PreparedRequest(job, origin));
    tls = new Tls(config.transport().tls(), origin.host());
    connections = createConnections();
    watchdog = new Watchdog(connections, config.timeout(), this::fail);
    allHaveTaken = new CountDownLatch(config.keepAlive() ? config.concurrency() : 0);
  }

  private List<BlockingConnection> createConnections() {
    int count = config().concurrency();
    int bufferSize = count > MANY_CONNECTIONS ? SMALL_BUFFER : LARGE_BUFFER;
    Http1Config http1 = Http1Config.custom().setBufferSize(bufferSize).build();
    // Bodies are read into shared arrays and never looked at, so that the race does not matter;
    // more than one array, so that processors do not contend for the same cache lines.
    byte[][] discarded = new byte[4 * Runtime.getRuntime().availableProcessors()][LARGE_BUFFER];
    List<BlockingConnection> created = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bin = discarded[i % discarded.length];
      created.add(
          config().engine() == EngineKind.CORE
              ? new CoreConnection(this, http1, bin)
              : new ClientConnection(this, http1, bin));
    }
    return List.copyOf(created);
  }

  Tls tls() {
    return tls;
  }

  @Override
  protected void launch(JobQueue<Job> jobs, IntFunction<OutcomeSink> sinks) {
    watchdog.start();
    for (int i = 0; i < connections.size(); i++) {
      BlockingConnection connection = connections.get(i);
      OutcomeSink sink = sinks.apply(i);
      workers.add(
          Thread.ofVirtual()
              .name("gb-worker-" + i)
              .start(() -> runPart(() -> work(connection, jobs, sink))));
    }
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
        Outcome outcome;
        try {
          outcome = connection.exchange(job);
        } catch (Error e) {
          recalled.incrementAndGet();
          throw e;
        }
        if (outcome == null) {
          recalled.incrementAndGet();
          longestUnderWayNanos.accumulateAndGet(
              System.nanoTime() - connection.startNanos(), Math::max);
          return;
        }
        sink.record(outcome);
        allHaveTaken.await();
        job = jobs.take();
      }
    }
  }

  /** Every job is begun as soon as it is taken, so none is unstarted. */
  @Override
  protected EngineEnd collectEnd() {
    return end(
        recalled.get(),
        longestUnderWayNanos.get(),
        0,
        connections.stream().map(BlockingConnection::counts).toList());
  }

  /** Takes note of a response head, final or interim. */
  void onResponse(Job job, ResponseHead head, @Nullable SSLSession session, byte[] firstBytes) {
    onResponse(
        job,
        head.status(),
        () -> new ServerInfo(head.server(), session == null ? null : tlsInfo(session, firstBytes)),
        head::text);
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

  @Override
  public void abort() {
    releaseListener();
    for (BlockingConnection connection : connections) {
      connection.abort();
    }
  }

  @Override
  public void close() {
    abort();
    // A worker may still wait for a job, if the owner of the queue did not close it.
    workers.forEach(Thread::interrupt);
    workers.forEach(Uninterruptibly::join);
    watchdog.close();
    connections.forEach(BlockingConnection::close);
  }
}
