package io.gb.harness.http.blocking;

import static java.util.Objects.requireNonNull;

import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.Transport;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that one worker owns and uses with blocking calls, opened again as often as needed.
 * It measures times, enforces the deadline, repeats attempts and classifies failures; a subclass
 * makes one attempt with its library.
 *
 * <p>The worker calls everything but {@link #expire} and {@link #abort}, which cut the exchange
 * from other threads.
 */
abstract class BlockingConnection implements AutoCloseable {

  /*
   * The deadline field decides between the worker and the watchdog. The worker sets it when an
   * exchange starts and resets it to IDLE by compare-and-set when it ends; the watchdog sets an
   * overdue one to EXPIRED by compare-and-set, closes the socket, and then sets CUT. The first
   * compare-and-set wins, and a worker that lost waits for CUT, so that the watchdog never closes
   * the socket of the next exchange. A socket opened after EXPIRED is closed as well, because
   * opening publishes the socket first and reads the deadline afterwards.
   */
  private static final long IDLE = Long.MAX_VALUE;
  private static final long EXPIRED = Long.MIN_VALUE;
  private static final long CUT = EXPIRED + 1;

  private enum Stage {
    CONNECT,
    TLS,
    HEAD,
    BODY
  }

  /** The engine that this connection belongs to. */
  final BlockingEngine engine;

  private final byte[] discarded;
  private final long timeoutNanos;
  private final AtomicLong deadline = new AtomicLong(IDLE);
  private volatile boolean aborted;
  private volatile @Nullable MeteredSocket socket;
  private Stage stage = Stage.CONNECT;
  private boolean interim;
  private long connectNanos;
  private long tlsNanos;
  private long drainedNanos;
  private long opened;
  private long closedByServer;

  BlockingConnection(BlockingEngine engine, byte[] discarded) {
    this.engine = engine;
    this.discarded = discarded;
    timeoutNanos = engine.config().timeout().toNanos();
  }

  /** A response whose body has been read to its end. */
  record Response(int status, long bodyBytes, boolean keptAlive) {}

  /**
   * Sends the job, on the open connection or a new one, and reads the whole response. Gets a new
   * socket from {@link #openSocket}, and reports each stage to the {@code on…} methods.
   */
  abstract Response attempt(Job job) throws IOException, HttpException;

  abstract boolean isOpen();

  /** Closes the connection at once, without a TLS farewell, if it is open. */
  abstract void discard();

  /**
   * Sends a job and waits for its end.
   *
   * @return the outcome, or null if the job was recalled
   */
  final @Nullable Outcome exchange(Job job) {
    long start = System.nanoTime();
    long mine = start + timeoutNanos;
    deadline.set(mine);
    connectNanos = 0;
    tlsNanos = 0;
    try {
      Response response = attemptAgainIfStale(job);
      if (!deadline.compareAndSet(mine, IDLE)) {
        throw engine.timeout();
      }
      MeteredSocket used = requireSocket();
      return new Outcome.Completed(
          response.status(),
          response.keptAlive(),
          response.bodyBytes(),
          used.bytesReceived(),
          used.bytesSent(),
          connectNanos,
          tlsNanos,
          used.waitNanos(),
          drainedNanos - start);
    } catch (IOException | HttpException | RuntimeException e) {
      long end = System.nanoTime();
      boolean expired = hasExpired(mine);
      discard();
      // The library may not know the socket yet.
      closeSocket();
      if (aborted) {
        return null;
      }
      MeteredSocket used = socket;
      return new Outcome.Failed(
          expired ? ErrorKind.TIMEOUT : classify(e, used),
          expired ? engine.timeout() : e,
          used == null ? 0 : used.bytesReceived(),
          used == null ? 0 : used.bytesSent(),
          connectNanos,
          end - start,
          0);
    }
  }

  /** Ends an exchange that has failed; waits for the watchdog if that is closing its socket. */
  private boolean hasExpired(long mine) {
    if (deadline.compareAndSet(mine, IDLE)) {
      return false;
    }
    while (deadline.get() == EXPIRED) {
      Thread.onSpinWait();
    }
    boolean expired = deadline.get() == CUT;
    deadline.set(IDLE);
    return expired;
  }

  private Response attemptAgainIfStale(Job job) throws IOException, HttpException {
    MeteredSocket reused = isOpen() ? socket : null;
    if (reused == null) {
      return attemptOnce(job);
    }
    try {
      reused.startExchange();
      return attemptOnce(job);
    } catch (IOException | HttpException e) {
      if (reused != socket || isCut() || !isStale(reused, e)) {
        throw e;
      }
      closedByServer++;
      discard();
      return attemptOnce(job);
    }
  }

  /**
   * Returns whether the server closed a reused connection before this exchange. With TLS, bytes may
   * have arrived all the same: the close_notify alert. A malformed head without any byte received
   * comes from bytes left over from the response before. After an interim response, the server has
   * received the request.
   */
  private boolean isStale(MeteredSocket reused, Exception e) {
    boolean malformed = e instanceof HttpException || e instanceof ClientProtocolException;
    return !interim
        && (e instanceof NoHttpResponseException || (!reused.hasReceived() && !malformed));
  }

  private Response attemptOnce(Job job) throws IOException, HttpException {
    stage = isOpen() ? Stage.HEAD : Stage.CONNECT;
    interim = false;
    return attempt(job);
  }

  private ErrorKind classify(Exception e, @Nullable MeteredSocket used) {
    if (e instanceof RuntimeException) {
      return ErrorKind.OTHER;
    }
    if (used == null || stage == Stage.CONNECT) {
      return ErrorKind.CONNECT;
    }
    // With TLS 1.3, a server refuses a client's certificate after the client's last message.
    if (stage == Stage.TLS || e instanceof SSLHandshakeException) {
      return ErrorKind.TLS;
    }
    if (used.hasFailedToSend(e)) {
      return ErrorKind.SEND;
    }
    boolean cutShort =
        e instanceof ConnectionClosedException || e instanceof TruncatedChunkException;
    return stage == Stage.BODY && cutShort ? ErrorKind.LENGTH : ErrorKind.RECEIVE;
  }

  /** Returns the socket for a new connection, which other threads can close from now on. */
  final MeteredSocket openSocket() throws IOException {
    MeteredSocket fresh = new MeteredSocket();
    fresh.startExchange();
    socket = fresh;
    try {
      if (isCut()) {
        throw new SocketException("Socket closed");
      }
      Transport transport = engine.config().transport();
      if (transport.bufferBytes() > 0) {
        fresh.setSendBufferSize(transport.bufferBytes());
        fresh.setReceiveBufferSize(transport.bufferBytes());
      }
      if (transport.localAddress() != null) {
        fresh.bind(new InetSocketAddress(transport.localAddress(), 0));
      }
      return fresh;
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  private boolean isCut() {
    long current = deadline.get();
    return aborted || current == EXPIRED || current == CUT;
  }

  final MeteredSocket requireSocket() {
    return requireNonNull(socket, "no connection was opened");
  }

  final void onConnected(long nanos) {
    stage = Stage.HEAD;
    opened++;
    connectNanos = nanos;
  }

  /** Layers TLS over a connected socket; with a proxy, opens a tunnel first. */
  final SSLSocket secure(MeteredSocket connected) throws IOException {
    ProxyServer proxy = engine.config().transport().proxy();
    if (proxy != null) {
      stage = Stage.CONNECT;
      long start = System.nanoTime();
      Tunnel.open(connected, engine.origin(), proxy);
      connectNanos += System.nanoTime() - start;
    }
    stage = Stage.TLS;
    if (engine.wantsResponses()) {
      connected.keepFirstBytes();
    }
    SSLSocket secured = engine.tls().layer(connected);
    long start = System.nanoTime();
    secured.startHandshake();
    tlsNanos = System.nanoTime() - start;
    connectNanos += tlsNanos;
    stage = Stage.HEAD;
    // All bytes so far belong to the handshake, none to the response.
    connected.onSecured();
    return secured;
  }

  /** Reports a response, final or interim, to the engine if it needs it. */
  final void onResponse(Job job, HttpResponse response, @Nullable SSLSession session) {
    boolean isInterim = response.getCode() < HttpStatus.SC_SUCCESS;
    interim |= isInterim;
    byte[] firstBytes = isInterim ? new byte[0] : requireSocket().takeFirstBytes();
    if (engine.wantsResponses()) {
      engine.onResponse(job, response, session, firstBytes);
    }
  }

  /** Reads a body to its end, and returns its length in bytes. */
  final long drain(InputStream content) throws IOException {
    long total = 0;
    for (int count; (count = content.read(discarded)) >= 0; ) {
      total += count;
    }
    return total;
  }

  final void onHead() {
    stage = Stage.BODY;
    requireSocket().onHead();
  }

  /** Takes note that the last byte was read; closing the connection is not part of the exchange. */
  final void onDrained() {
    drainedNanos = System.nanoTime();
  }

  /** Cuts off the exchange under way if its deadline has passed. Called by the watchdog. */
  final void expire(long nowNanos) {
    long current = deadline.get();
    if (current != IDLE
        && current != EXPIRED
        && current != CUT
        && nowNanos - current >= 0
        && deadline.compareAndSet(current, EXPIRED)) {
      closeSocket();
      deadline.set(CUT);
    }
  }

  /** Cuts off the exchange under way, if any, and every later one. */
  final void abort() {
    aborted = true;
    closeSocket();
  }

  /** Closes the socket below the TLS layer; this does not block. */
  final void closeSocket() {
    MeteredSocket current = socket;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        // The descriptor is released even if closing fails.
      }
    }
  }

  final ConnectionCounts counts() {
    return new ConnectionCounts(opened, closedByServer);
  }

  @Override
  public void close() {
    discard();
    closeSocket();
  }
}
