package io.gb.harness.http.blocking;

import static java.util.Objects.requireNonNull;

import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.Transport;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import java.io.ByteArrayOutputStream;
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

  /** After a longer pause, it is worth a millisecond to ask whether the server has closed. */
  private static final long LONG_IDLE_NANOS = 1_000_000;

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
  private long requestsSent;
  private long resent;
  private long earlierReceived;
  private long earlierSent;

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

  /** Returns whether the server has closed the open connection; may wait for a millisecond. */
  abstract boolean isStale() throws IOException;

  /** Closes the connection at once, without a TLS farewell, if it is open. */
  abstract void discard();

  /**
   * Sends a job and waits for its end.
   *
   * @return the outcome, or null if the job was recalled
   */
  final @Nullable Outcome exchange(Job job) {
    discardIfUnusable();
    long start = System.nanoTime();
    long mine = start + timeoutNanos;
    deadline.set(mine);
    connectNanos = 0;
    tlsNanos = 0;
    earlierReceived = 0;
    earlierSent = 0;
    try {
      Response response = attemptAgainIfClosed(job);
      if (!deadline.compareAndSet(mine, IDLE)) {
        throw engine.timeout();
      }
      MeteredSocket used = requireSocket();
      return new Outcome.Completed(
          response.status(),
          response.keptAlive(),
          response.bodyBytes(),
          earlierReceived + used.bytesReceived(),
          earlierSent + used.bytesSent(),
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
          earlierReceived + (used == null ? 0 : used.bytesReceived()),
          earlierSent + (used == null ? 0 : used.bytesSent()),
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

  /**
   * Gives up a kept connection that the server has closed while it was idle, or on which something
   * came that nobody has asked for. The clock of the next exchange starts afterwards.
   */
  private void discardIfUnusable() {
    MeteredSocket kept = isOpen() ? socket : null;
    if (kept == null || System.nanoTime() - drainedNanos <= LONG_IDLE_NANOS) {
      return;
    }
    kept.startExchange();
    boolean isClosed;
    try {
      isClosed = isStale();
    } catch (IOException e) {
      isClosed = true;
    }
    if (isClosed && !aborted) {
      closedByServer++;
    }
    if (isClosed || (kept.hasReceived() && !kept.isSecured())) {
      discard();
    }
  }

  private Response attemptAgainIfClosed(Job job) throws IOException, HttpException {
    MeteredSocket kept = isOpen() ? socket : null;
    if (kept == null) {
      return attemptOnce(job);
    }
    kept.startExchange();
    try {
      return attemptOnce(job);
    } catch (IOException | HttpException e) {
      boolean wasClosed = kept.bytesSent() == 0 && kept.hasFailedToSend(e);
      if (kept != socket || isCut() || !(wasClosed || maySendAgain(job, kept, e))) {
        throw e;
      }
      if (wasClosed) {
        closedByServer++;
      } else {
        resent++;
      }
      earlierReceived = kept.bytesReceived();
      earlierSent = kept.bytesSent();
      discard();
      return attemptOnce(job);
    }
  }

  /** Returns whether a job may be sent again, though the server may have carried it out. */
  private boolean maySendAgain(Job job, MeteredSocket kept, Exception e) {
    return engine.config().retry()
        && job.isIdempotent()
        && classify(e, kept) == ErrorKind.NO_RESPONSE;
  }

  private Response attemptOnce(Job job) throws IOException, HttpException {
    stage = isOpen() ? Stage.HEAD : Stage.CONNECT;
    interim = false;
    try {
      return attempt(job);
    } finally {
      MeteredSocket used = socket;
      // Before that, what was sent belongs to a tunnel or a handshake.
      if (used != null && stage.compareTo(Stage.HEAD) >= 0 && used.hasSentRequest()) {
        requestsSent++;
      }
    }
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
    boolean malformed = e instanceof HttpException || e instanceof ClientProtocolException;
    // With TLS, the bytes that have arrived may be the alert that announces the close.
    if (stage == Stage.HEAD
        && !malformed
        && !interim
        && (!used.hasReceived() || (used.isSecured() && e instanceof NoHttpResponseException))) {
      return ErrorKind.NO_RESPONSE;
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
  final long drain(Job job, InputStream content) throws IOException {
    int most = engine.bodyBytes();
    ByteArrayOutputStream beginning = new ByteArrayOutputStream(most);
    // The shared array is only for bytes that nobody looks at.
    byte[] read = most > 0 ? new byte[discarded.length] : discarded;
    long total = 0;
    try {
      for (int count; (count = content.read(read)) >= 0; ) {
        total += count;
        beginning.write(read, 0, Math.min(count, most - beginning.size()));
      }
    } finally {
      engine.onBody(job, beginning.toByteArray(), total);
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
    return new ConnectionCounts(opened, closedByServer, requestsSent, resent);
  }

  @Override
  public void close() {
    discard();
    closeSocket();
  }
}
