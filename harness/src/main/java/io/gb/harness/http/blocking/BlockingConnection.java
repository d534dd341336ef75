package io.gb.harness.http.blocking;

import static java.util.Objects.requireNonNull;

import io.gb.harness.http.Addresses;
import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.Phase;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.Transport;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.Uninterruptibly;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.HttpClientConnection;
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
   * exchange starts, sets it again by compare-and-set when the response is complete, because closing
   * the connection may block too, and resets it to IDLE in the same way; the watchdog sets an
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

  /**
   * A body that is larger than that or the buffers asked for is written by a thread of its own,
   * because the response may come before.
   */
  private static final int SMALL_BODY = 64 * 1024;

  /** How long a thread may take to notice that the whole request is written. */
  private static final Duration NOTICE = Duration.ofMillis(100);

  /** The same if only keeping the connection depends on it. */
  private static final Duration SHORT_NOTICE = Duration.ofMillis(20);

  /** The JDK's words for the alerts with which servers refuse a client without a certificate. */
  private static final Pattern REFUSAL =
      Pattern.compile("Received fatal alert: (\\w*certificate|handshake_failure|access_denied)");

  /** The engine that this connection belongs to. */
  final BlockingEngine engine;

  /** Reads the responses. */
  final ResponseReader reader;

  private final Addresses.Attempts attempts;
  private final long timeoutNanos;
  private final int smallBody;
  private final AtomicLong deadline = new AtomicLong(IDLE);
  private volatile boolean aborted;
  private volatile @Nullable MeteredSocket socket;
  private Phase stage = Phase.CONNECT;
  private @Nullable Thread upload;
  private volatile boolean sent;
  private boolean interim;
  private long dueNanos;
  private long startNanos;
  private long connectNanos;
  private long tlsNanos;
  private long drainedNanos;
  private long opened;
  private long closedByServer;
  private long requestsSent;
  private long resent;
  private long sentOnReused;
  private long earlierReceived;
  private long earlierSent;

  BlockingConnection(BlockingEngine engine, byte[] discarded) {
    this.engine = engine;
    reader = new ResponseReader(engine.config().strictHttp(), engine.bodyBytes(), discarded);
    attempts = engine.addresses().attempts();
    timeoutNanos = engine.config().timeout().toNanos();
    int bufferBytes = engine.config().transport().bufferBytes();
    smallBody = bufferBytes == 0 ? SMALL_BODY : Math.min(SMALL_BODY, bufferBytes);
  }

  /**
   * Sends the job, on the open connection or a new one, and reads the whole response. Gets a new
   * connection from {@link #connect}, the response from {@link #converse}, the outcome from {@link
   * #complete}, and reports each stage to the {@code on…} methods.
   */
  abstract Outcome.Completed attempt(Job job) throws IOException, HttpException;

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
    startNanos = start;
    dueNanos = start + timeoutNanos;
    deadline.set(dueNanos);
    connectNanos = 0;
    tlsNanos = 0;
    earlierReceived = 0;
    earlierSent = 0;
    try {
      Outcome.Completed completed = attemptAgainIfClosed(job);
      // A connection that was cut while it was being closed has served its exchange all the same.
      hasExpired();
      engine.countSloppy(reader.head().sloppiness());
      return completed;
    } catch (IOException | HttpException | RuntimeException e) {
      long end = System.nanoTime();
      boolean expired = hasExpired();
      discard();
      // The library may not know the socket yet.
      closeSocket();
      if (aborted) {
        return null;
      }
      MeteredSocket used = socket;
      return new Outcome.Failed(
          expired ? ErrorKind.TIMEOUT : classify(e, used),
          expired ? engine.timeout(phase(used)) : cause(e, used),
          earlierReceived + (used == null ? 0 : used.bytesReceived()),
          earlierSent + (used == null ? 0 : used.bytesSent()),
          connectNanos,
          end - start,
          0);
    }
  }

  /**
   * Ends the deadline and returns whether the watchdog has cut the connection; waits for it if it
   * is closing the socket.
   */
  private boolean hasExpired() {
    if (deadline.compareAndSet(dueNanos, IDLE)) {
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
    kept.startExchange(true);
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

  private Outcome.Completed attemptAgainIfClosed(Job job) throws IOException, HttpException {
    MeteredSocket kept = isOpen() ? socket : null;
    if (kept == null) {
      return attemptOnce(job);
    }
    kept.startExchange(true);
    try {
      return attemptOnce(job);
    } catch (IOException | HttpException e) {
      boolean wasClosed = kept.isRefused();
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

  private Outcome.Completed attemptOnce(Job job) throws IOException, HttpException {
    boolean reused = isOpen();
    stage = reused ? Phase.HEAD : Phase.CONNECT;
    interim = false;
    sent = false;
    try {
      return attempt(job);
    } finally {
      endUpload(Duration.ZERO);
      MeteredSocket used = socket;
      // Before that, what was sent belongs to a tunnel or a handshake.
      if (used != null && stage.compareTo(Phase.HEAD) >= 0 && used.hasSentRequest()) {
        requestsSent++;
        if (reused) {
          sentOnReused++;
        }
      }
    }
  }

  /**
   * Sends a request and reads the response up to the beginning of its body. The response may come
   * before the request is written, and is read even if the request cannot be written.
   */
  final ClassicHttpResponse converse(
      HttpClientConnection connection, ClassicHttpRequest request, Job job)
      throws IOException, HttpException {
    reader.begin(job.method().equals("HEAD"), engine.wantsResponses());
    connection.sendRequestHeader(request);
    if (job.body().length > smallBody) {
      connection.flush();
      requireSocket().onUpload();
      upload = Thread.ofVirtual().name("gb-upload").start(() -> upload(connection, request));
    } else {
      sendBody(connection, request);
    }
    while (true) {
      ClassicHttpResponse response = connection.receiveResponseHeader();
      onResponse(job, connection.getSSLSession());
      if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
        throw new HttpException("the server switches protocols without being asked to");
      }
      if (response.getCode() >= HttpStatus.SC_SUCCESS) {
        return response;
      }
    }
  }

  private void upload(HttpClientConnection connection, ClassicHttpRequest request) {
    try {
      sendBody(connection, request);
    } catch (IOException | HttpException | RuntimeException e) {
      // The worker learns that the request is not sent, and closes the connection.
    } catch (Error e) {
      engine.fail(e);
    }
  }

  private void sendBody(HttpClientConnection connection, ClassicHttpRequest request)
      throws IOException, HttpException {
    connection.sendRequestEntity(request);
    connection.flush();
    sent = requireSocket().sendFailure() == null;
  }

  /** Waits for the upload to end, and after this time ends it by closing the socket. */
  private void endUpload(Duration patience) {
    Thread running = upload;
    if (running == null) {
      return;
    }
    upload = null;
    try {
      if (!running.join(patience)) {
        closeSocket();
      }
    } catch (InterruptedException e) {
      closeSocket();
      Thread.currentThread().interrupt();
    }
    Uninterruptibly.join(running);
  }

  private ErrorKind classify(Exception e, @Nullable MeteredSocket used) {
    if (e instanceof RuntimeException) {
      return ErrorKind.OTHER;
    }
    if (used == null || stage == Phase.CONNECT || stage == Phase.TUNNEL) {
      return ErrorKind.CONNECT;
    }
    // With TLS 1.3, a server refuses a client's certificate after the client's last message.
    if (stage == Phase.TLS || e instanceof SSLHandshakeException) {
      return ErrorKind.TLS;
    }
    boolean malformed =
        e instanceof HttpException
            || e instanceof ClientProtocolException
            || e instanceof ProtocolException;
    if (!sent && !malformed) {
      return ErrorKind.SEND;
    }
    // With TLS, the bytes that have arrived may be session tickets, or the alert that announces the
    // close.
    if (stage == Phase.HEAD
        && !malformed
        && !interim
        && !(used.isSecured() ? reader.hasBegun() : used.hasReceived())) {
      return ErrorKind.NO_RESPONSE;
    }
    return stage == Phase.BODY && e instanceof ConnectionClosedException
        ? ErrorKind.LENGTH
        : ErrorKind.RECEIVE;
  }

  /** Returns what to report as the cause: what came first, with what gb knows of it. */
  private Exception cause(Exception e, @Nullable MeteredSocket used) {
    if (used == null) {
      return e;
    }
    IOException unsent = used.sendFailure();
    if (unsent != null && classify(e, used) == ErrorKind.SEND) {
      return unsent;
    }
    if (used.hasReceivedPlainHttp()) {
      return new SSLException(
          "the server speaks plain HTTP on this port: the URL needs http instead of https", e);
    }
    if (e instanceof SSLHandshakeException
        && engine.tls().lacksIdentity()
        && REFUSAL.matcher(String.valueOf(e.getMessage())).find()) {
      return new SSLHandshakeException(
          e.getMessage() + "; the server asked for a client certificate, and there is none", e);
    }
    return e;
  }

  private Phase phase(@Nullable MeteredSocket used) {
    if (used == null || stage != Phase.HEAD) {
      return stage;
    }
    if (interim || (sent && (used.isSecured() || used.hasReceived()))) {
      return Phase.HEAD;
    }
    return sent ? Phase.WAIT : Phase.SEND;
  }

  /** One attempt to connect. */
  @FunctionalInterface
  interface Attempt {

    /**
     * Connects.
     *
     * @param address where to
     * @param limitMillis how long it may take, 0 for no limit
     */
    void to(InetSocketAddress address, int limitMillis) throws IOException;
  }

  /** Connects to the first address that answers. */
  final void connect(Attempt attempt) throws IOException {
    attempts.begin(startNanos);
    while (true) {
      InetSocketAddress address = attempts.next();
      long limit = attempts.limitNanos();
      try {
        attempt.to(
            address,
            limit == Long.MAX_VALUE
                ? 0
                : (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit / 1_000_000)));
        return;
      } catch (IOException e) {
        if (e instanceof SocketTimeoutException) {
          attempts.onLimit();
        }
        if (requireSocket().isConnected() || isCut() || !attempts.hasNext()) {
          throw e;
        }
      }
    }
  }

  /** Returns the socket for a new connection, which other threads can close from now on. */
  final MeteredSocket openSocket() throws IOException {
    MeteredSocket fresh = new MeteredSocket();
    fresh.startExchange(false);
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
    stage = Phase.HEAD;
    opened++;
    attempts.onConnected();
    connectNanos = nanos;
  }

  /** Layers TLS over a connected socket; with a proxy, opens a tunnel first. */
  final SSLSocket secure(MeteredSocket connected) throws IOException {
    ProxyServer proxy = engine.config().transport().proxy();
    if (proxy != null) {
      stage = Phase.TUNNEL;
      long start = System.nanoTime();
      Tunnel.open(connected, engine.origin(), proxy);
      connectNanos += System.nanoTime() - start;
    }
    stage = Phase.TLS;
    connected.onHandshake();
    if (engine.wantsResponses()) {
      connected.keepFirstBytes();
    }
    SSLSocket secured = engine.tls().layer(connected);
    long start = System.nanoTime();
    secured.startHandshake();
    tlsNanos = System.nanoTime() - start;
    connectNanos += tlsNanos;
    stage = Phase.HEAD;
    // All bytes so far belong to the handshake, none to the response.
    connected.onSecured();
    return secured;
  }

  /** Reports a response, final or interim, to the engine if it needs it. */
  private void onResponse(Job job, @Nullable SSLSession session) {
    boolean isInterim = reader.head().status() < HttpStatus.SC_SUCCESS;
    interim |= isInterim;
    byte[] firstBytes = isInterim ? new byte[0] : requireSocket().takeFirstBytes();
    if (engine.wantsResponses()) {
      engine.onResponse(job, reader.head(), session, firstBytes);
    }
  }

  /** Reads a body to its end, and returns its length in bytes. */
  final long drain(Job job) throws IOException {
    long total;
    try {
      total = reader.drain();
      MeteredSocket used = requireSocket();
      if (used.hasEnded()) {
        // A body without a length. Before everything is written, its end may be that of a
        // connection that was reset; with TLS, close_notify would have come before.
        endUpload(NOTICE);
        if (!sent || used.isSecured()) {
          throw new ConnectionClosedException(
              "the connection ended before the server announced the end of the body"
                  + (used.isSecured() ? ", by close_notify (RFC 9112, 9.8)" : ""));
        }
      }
    } catch (IOException e) {
      try {
        onBody(job);
      } catch (RuntimeException ofListener) {
        // The exchange has failed already.
      }
      throw e;
    }
    onBody(job);
    return total;
  }

  private void onBody(Job job) {
    engine.onBody(job, reader.body().beginning(), reader.body().bytes());
  }

  final void onHead() {
    stage = Phase.BODY;
    requireSocket().onHead();
  }

  /**
   * Takes note that the last byte was read, and returns the outcome. Closing the connection is not
   * part of the exchange, nor is the end of an upload that the server has answered without reading
   * it.
   *
   * @param mayKeep whether the connection can serve another exchange once the request is written
   */
  final Outcome.Completed complete(int status, long bodyBytes, boolean mayKeep) throws IOException {
    drainedNanos = System.nanoTime();
    long next = mayKeep ? IDLE : drainedNanos + timeoutNanos;
    MeteredSocket used = requireSocket();
    if (!deadline.compareAndSet(dueNanos, next)) {
      throw engine.timeout(phase(used));
    }
    dueNanos = next;
    endUpload(mayKeep ? SHORT_NOTICE : Duration.ZERO);
    return new Outcome.Completed(
        status,
        mayKeep && sent && !used.isClosed(),
        bodyBytes,
        earlierReceived + used.bytesReceived(),
        earlierSent + used.bytesSent(),
        connectNanos,
        tlsNanos,
        used.waitNanos(),
        drainedNanos - startNanos);
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

  /** Returns the {@link System#nanoTime()} at which the last exchange started. */
  final long startNanos() {
    return startNanos;
  }

  final ConnectionCounts counts() {
    return new ConnectionCounts(opened, closedByServer, requestsSent, resent, sentOnReused);
  }

  @Override
  public void close() {
    try {
      discard();
    } finally {
      closeSocket();
    }
  }
}
