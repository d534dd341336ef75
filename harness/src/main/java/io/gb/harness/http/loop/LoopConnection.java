package io.gb.harness.http.loop;

import static java.util.Objects.requireNonNull;

import io.gb.harness.http.Addresses;
import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.Phase;
import io.gb.harness.http.Transport;
import io.gb.harness.http.response.ForeignProtocol;
import io.gb.harness.http.response.ResponseBody;
import io.gb.harness.http.response.ResponseHead;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a loop, opened again as often as needed, with at most one exchange under way. It
 * sends, reads, times, repeats and classifies, and never waits.
 *
 * <p>The loop's thread calls everything.
 */
final class LoopConnection {

  private static final byte[] NOTHING = new byte[0];
  private static final int MOST_AT_ONCE = 64 * 1024;

  /** How often to read after a failed write, 2 MB at most: more than systems keep of a response. */
  private static final int MOST_READS = 16;

  private enum Stage {
    /** No exchange is under way. */
    IDLE,
    CONNECT,
    HEAD,
    BODY
  }

  /** Neighbours in {@link Deadlines}; no other class uses them. */
  @Nullable LoopConnection before;

  @Nullable LoopConnection after;

  private final LoopEngine engine;
  private final EventLoop loop;
  private final OutcomeSink sink;
  private final Addresses.Attempts attempts;
  private final ResponseHead head;
  private final ResponseBody body;

  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private Stage stage = Stage.IDLE;
  private boolean hasTaken;
  private long opened;
  private long closedByServer;
  private long requestsSent;
  private long resent;
  private long sentOnReused;

  /** Whether the server closed the connection while no exchange was under way. */
  private boolean closedWhileIdle;

  /** The beginning of a line whose end is yet to come. */
  private byte[] unread = NOTHING;

  // The exchange under way.
  private @Nullable Job job;
  private @Nullable EncodedRequest request;
  private ByteBuffer start = ByteBuffer.allocate(0);
  private ByteBuffer rest = start;
  private boolean reused;
  private long startNanos;
  private long connectStartNanos;
  private long connectNanos;
  private long sentNanos;
  private long firstByteNanos;
  private long bytesReceived;
  private long bytesSent;

  LoopConnection(LoopEngine engine, EventLoop loop, OutcomeSink sink) {
    this.engine = engine;
    this.loop = loop;
    this.sink = sink;
    attempts = engine.addresses().attempts();
    head = new ResponseHead(engine.config().strictHttp());
    body = new ResponseBody(head, engine.bodyBytes());
  }

  /** Returns whether this connection has had a job. */
  boolean hasTaken() {
    return hasTaken;
  }

  /** Returns whether an exchange is under way. */
  boolean isUnderWay() {
    return stage != Stage.IDLE;
  }

  /** Returns what has happened to the connection so far. */
  ConnectionCounts counts() {
    return new ConnectionCounts(opened, closedByServer, requestsSent, resent, sentOnReused);
  }

  /** Returns the {@link System#nanoTime()} at which the exchange under way started. */
  long startNanos() {
    return startNanos;
  }

  /** Starts the exchange of a job, whose end calls the sink and {@link EventLoop#onEnd}. */
  void start(Job next) {
    startNanos = System.nanoTime();
    hasTaken = true;
    prepare(next);
    connectNanos = 0;
    reused = channel != null;
    bytesReceived = 0;
    bytesSent = 0;
    beginAttempt();
    try {
      if (closedWhileIdle) {
        closedWhileIdle = false;
        closedByServer++;
      }
      if (reused) {
        stage = Stage.HEAD;
        send();
      } else {
        attempts.begin(startNanos);
        connect();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a repeated job is the same instance
  private void prepare(Job next) {
    EncodedRequest current = request;
    if (current == null || job != next) {
      job = next;
      current = engine.encode(next);
      request = current;
      start = current.start();
      rest = current.rest();
    }
  }

  private void beginAttempt() {
    head.begin(requireNonNull(request).isHead(), engine.wantsResponses());
    unread = NOTHING;
    start.rewind();
    rest.rewind();
    sentNanos = 0;
    firstByteNanos = 0;
  }

  /** Connects to the next address, and if that fails at once, to the one behind it. */
  private void connect() throws IOException {
    stage = Stage.CONNECT;
    while (true) {
      try {
        InetSocketAddress address = attempts.next();
        connectStartNanos = System.nanoTime();
        SocketChannel fresh = open();
        channel = fresh;
        boolean connected = fresh.connect(address);
        key =
            loop.register(fresh, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        if (connected) {
          onConnected();
        }
        return;
      } catch (IOException e) {
        if (stage != Stage.CONNECT || !attempts.hasNext()) {
          throw e;
        }
        closeChannel();
      }
    }
  }

  /** Goes on to the next address if the attempt to connect has reached its limit. */
  void limitAttempt(long now) {
    if (stage == Stage.CONNECT && now - connectStartNanos >= attempts.limitNanos()) {
      attempts.onLimit();
      closeChannel();
      try {
        connect();
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }
  }

  private SocketChannel open() throws IOException {
    SocketChannel fresh = SocketChannel.open();
    try {
      fresh.configureBlocking(false);
      fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Transport transport = engine.config().transport();
      if (transport.bufferBytes() > 0) {
        fresh.setOption(StandardSocketOptions.SO_SNDBUF, transport.bufferBytes());
        fresh.setOption(StandardSocketOptions.SO_RCVBUF, transport.bufferBytes());
      }
      if (transport.localAddress() != null) {
        fresh.bind(new InetSocketAddress(transport.localAddress(), 0));
      }
      return fresh;
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private void onConnected() throws IOException {
    connectNanos = System.nanoTime() - connectStartNanos;
    opened++;
    attempts.onConnected();
    stage = Stage.HEAD;
    send();
  }

  /** Handles an event of the selector. */
  void onReady(SelectionKey ready) {
    SocketChannel current = channel;
    if (current == null || !ready.isValid() || !ready.equals(key)) {
      return;
    }
    try {
      if (stage == Stage.CONNECT) {
        finishConnect(current, ready);
        return;
      }
      // Writes first: if both writing and reading fail, the cause is the write.
      if (stage != Stage.IDLE && !isSent()) {
        send();
        if (!ready.isValid()) {
          return;
        }
      }
      if (ready.isReadable()) {
        receive(current);
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private void finishConnect(SocketChannel current, SelectionKey ready) throws IOException {
    try {
      if (!current.finishConnect()) {
        return;
      }
    } catch (IOException e) {
      if (!attempts.hasNext()) {
        throw e;
      }
      closeChannel();
      connect();
      return;
    }
    ready.interestOps(SelectionKey.OP_READ);
    onConnected();
  }

  private void send() throws IOException {
    SocketChannel current = requireNonNull(channel);
    SelectionKey registered = requireNonNull(key);
    long sentBefore = bytesSent;
    try {
      bytesSent += current.write(start);
      while (!start.hasRemaining() && rest.position() < rest.capacity()) {
        // The JDK copies bytes on the heap before it writes them, so no more than that at a time.
        rest.limit(Math.min(rest.capacity(), rest.position() + MOST_AT_ONCE));
        bytesSent += current.write(rest);
        if (rest.hasRemaining()) {
          break;
        }
      }
    } catch (IOException e) {
      onSent(sentBefore);
      if (reused && sentNanos == 0) {
        throw e;
      }
      readAfterFailure(current, e);
      return;
    }
    onSent(sentBefore);
    if (!isSent()) {
      registered.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else if (registered.interestOps() != SelectionKey.OP_READ) {
      registered.interestOps(SelectionKey.OP_READ);
    }
  }

  /** Also after a failure: what was written before it may have been carried out. */
  private void onSent(long before) {
    if (bytesSent > before) {
      if (sentNanos == 0) {
        requestsSent++;
        if (reused) {
          sentOnReused++;
        }
      }
      sentNanos = System.nanoTime();
    }
  }

  /**
   * Reads what the server has said before it closed the connection: it may have answered without
   * reading the whole request. No more will come, so this does not wait.
   */
  private void readAfterFailure(SocketChannel current, IOException failure) throws IOException {
    try {
      for (int i = 0; i < MOST_READS && receive(current); i++) {
        if (stage == Stage.IDLE) {
          return;
        }
      }
    } catch (ProtocolException e) {
      throw e;
    } catch (IOException e) {
      // The end of what has come; the cause is the failure to write.
    }
    throw failure;
  }

  private boolean isSent() {
    return !start.hasRemaining() && rest.position() == rest.capacity();
  }

  /** Reads once, and returns whether there was anything to read. */
  private boolean receive(SocketChannel current) throws IOException {
    ByteBuffer in = loop.emptyBuffer();
    in.put(unread);
    int count = current.read(in);
    if (count == 0) {
      return false;
    }
    if (stage == Stage.IDLE) {
      // Unsolicited bytes or a close, RFC 9112, sections 6.3 and 9.5: no response to the next job.
      closedWhileIdle = count < 0;
      closeChannel();
      return true;
    }
    long now = System.nanoTime();
    if (count < 0) {
      onEndOfStream(now);
      return true;
    }
    if (firstByteNanos == 0) {
      firstByteNanos = now;
    }
    bytesReceived += count;
    unread = NOTHING;
    in.flip();
    try {
      read(in, now);
    } catch (ProtocolException e) {
      throw named(e, in);
    }
    return true;
  }

  /** Returns the failure that names the protocol of the server if its first bytes show it. */
  private ProtocolException named(ProtocolException e, ByteBuffer in) {
    if (bytesReceived != in.limit()) {
      return e;
    }
    byte[] first = new byte[Math.min(ForeignProtocol.ENOUGH, in.limit())];
    in.get(0, first);
    ProtocolException foreign = ForeignProtocol.of(first, 0, first.length);
    return foreign == null ? e : foreign;
  }

  private void read(ByteBuffer in, long now) throws IOException {
    while (stage == Stage.HEAD) {
      if (!head.read(in)) {
        keepUnread(in);
        return;
      }
      onHead();
    }
    if (body.read(in)) {
      complete(now, in.hasRemaining());
    } else {
      keepUnread(in);
    }
  }

  private void keepUnread(ByteBuffer in) {
    if (in.hasRemaining()) {
      unread = new byte[in.remaining()];
      in.get(unread);
    }
  }

  /**
   * Handles a complete head: after an interim one comes another head, after a final one the body.
   */
  private void onHead() throws ProtocolException {
    if (engine.wantsResponses()) {
      engine.onResponse(requireNonNull(job), head);
    }
    int status = head.status();
    if (status == 101) {
      throw new ProtocolException("the server switches protocols without being asked to");
    }
    if (status < 200) {
      head.next(engine.wantsResponses());
      return;
    }
    stage = Stage.BODY;
    body.begin();
  }

  private void onEndOfStream(long now) throws IOException {
    // Before everything is written, the end may be that of a connection that was reset.
    if (stage == Stage.BODY && isSent() && body.end()) {
      complete(now, false);
      return;
    }
    throw new EOFException(
        firstByteNanos == 0
            ? "the server closed the connection without a response"
            : "the server closed the connection within its response");
  }

  private void complete(long now, boolean more) {
    onBody();
    boolean keptAlive =
        engine.config().keepAlive()
            && requireNonNull(request).isPersistent()
            && head.isPersistent()
            && body.isComplete()
            && !more
            && isSent();
    if (!keptAlive) {
      closeChannel();
    }
    stage = Stage.IDLE;
    engine.countSloppy(head.sloppiness());
    sink.record(
        new Outcome.Completed(
            head.status(),
            keptAlive,
            body.bytes(),
            bytesReceived,
            bytesSent,
            connectNanos,
            0,
            Math.max(0, firstByteNanos - sentNanos),
            now - startNanos));
    loop.onEnd(this);
  }

  private void fail(Exception cause) {
    long now = System.nanoTime();
    if (stage == Stage.IDLE) {
      if (cause instanceof RuntimeException unexpected) {
        // Not a failure of an exchange: the sink has thrown.
        throw unexpected;
      }
      closedWhileIdle = true;
      closeChannel();
      return;
    }
    boolean wasClosed = wasClosedBefore(cause);
    if (wasClosed || maySendAgain(cause)) {
      if (wasClosed) {
        closedByServer++;
      } else {
        resent++;
      }
      reused = false;
      closeChannel();
      beginAttempt();
      try {
        attempts.begin(startNanos);
        connect();
      } catch (IOException | RuntimeException e) {
        end(classify(e), e, System.nanoTime());
      }
      return;
    }
    end(classify(cause), cause, now);
  }

  /** Returns whether the server closed a kept connection before any of the request was written. */
  private boolean wasClosedBefore(Exception cause) {
    return reused && sentNanos == 0 && firstByteNanos == 0 && cause instanceof IOException;
  }

  /** Returns whether the request may be sent again, though the server may have carried it out. */
  private boolean maySendAgain(Exception cause) {
    return reused
        && engine.config().retry()
        && requireNonNull(job).isIdempotent()
        && classify(cause) == ErrorKind.NO_RESPONSE;
  }

  private ErrorKind classify(Exception cause) {
    if (!(cause instanceof IOException)) {
      return ErrorKind.OTHER;
    }
    if (stage == Stage.CONNECT) {
      return ErrorKind.CONNECT;
    }
    if (!isSent() && !(cause instanceof ProtocolException)) {
      return ErrorKind.SEND;
    }
    if (firstByteNanos == 0) {
      return ErrorKind.NO_RESPONSE;
    }
    return stage == Stage.BODY && cause instanceof EOFException
        ? ErrorKind.LENGTH
        : ErrorKind.RECEIVE;
  }

  private void onBody() {
    engine.onBody(requireNonNull(job), body.beginning(), body.bytes());
  }

  private void end(ErrorKind kind, Exception cause, long now) {
    // An unexpected failure may come of the listener itself.
    if (stage == Stage.BODY && kind != ErrorKind.OTHER) {
      try {
        onBody();
      } catch (RuntimeException e) {
        // The exchange has failed already.
      }
    }
    close();
    sink.record(
        new Outcome.Failed(
            kind, cause, bytesReceived, bytesSent, connectNanos, now - startNanos, 0));
    loop.onEnd(this);
  }

  /** Ends the exchange under way, whose deadline has passed. */
  void expire(long now) {
    end(ErrorKind.TIMEOUT, engine.timeout(phase()), now);
  }

  private Phase phase() {
    return switch (stage) {
      case IDLE, CONNECT -> Phase.CONNECT;
      case HEAD -> {
        if (firstByteNanos != 0) {
          yield Phase.HEAD;
        }
        yield isSent() ? Phase.WAIT : Phase.SEND;
      }
      case BODY -> Phase.BODY;
    };
  }

  /** Closes the connection; the exchange under way has no outcome. */
  void close() {
    release();
    closeChannel();
    stage = Stage.IDLE;
  }

  /** Gives back the memory of a response that is not read any further. Allocates nothing. */
  void release() {
    unread = NOTHING;
    head.release();
  }

  private void closeChannel() {
    SocketChannel current = channel;
    channel = null;
    key = null;
    unread = NOTHING;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        // The descriptor is released even if closing fails.
      }
    }
  }
}
