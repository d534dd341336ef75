package io.gb.server;

import io.gb.server.tls.Identity;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/**
 * The server under test. It runs inside the JVM that starts it and answers:
 *
 * <table>
 * <caption>Paths</caption>
 * <tr><th>path</th><th>answer</th></tr>
 * <tr><td>{@code /10k.dat}</td><td>10,240 bytes that do not compress</td></tr>
 * <tr><td>{@code /bytes/{n}}</td><td>{@code n} bytes with a Content-Length</td></tr>
 * <tr><td>{@code /chunked/{n}}</td><td>{@code n} bytes in chunks; with HTTP/2 in short DATA frames</td></tr>
 * <tr><td>{@code /gzip/{n}}</td><td>{@code n} bytes, always gzip-encoded</td></tr>
 * <tr><td>{@code /delay/{millis}}</td><td>{@code ok}, after that time</td></tr>
 * <tr><td>{@code /status/{code}}</td><td>that status, 200 to 599</td></tr>
 * <tr><td>{@code /redirect/{n}}</td><td>302, {@code n} of them in a row, then 10k.dat</td></tr>
 * <tr><td>{@code /echo}</td><td>the request's body, at most 32 MiB; method and target as headers
 *     </td></tr>
 * <tr><td>{@code /headers}</td><td>the request's headers, one a line</td></tr>
 * <tr><td>{@code /close}</td><td>{@code ok}, then the connection is closed; with HTTP/2 it stays
 *     open</td></tr>
 * </table>
 *
 * <p>Bodies of bytes are the first {@code n} bytes of 10k.dat repeated without end. Another path is
 * answered with 404, a number that is malformed or out of range with 400 and one line that says
 * what is wrong, a larger body for {@code /echo} with 413. Idle connections stay open until the
 * client or {@link #close} closes them.
 *
 * <p>It speaks HTTP/1.1 and HTTP/2, on the same port: over https the client chooses by ALPN; over
 * http a client begins with HTTP/2 (RFC 9113, section 3.3) or changes to it by {@code Upgrade: h2c}
 * in a GET (RFC 7540, section 3.2). Of HTTP/2 it announces 128 concurrent streams and header lists
 * of 20,000 bytes at most. It closes the connection of a client that sends a longer header list,
 * but does not refuse streams beyond 128. It may count and answer a request before the CONTINUATION
 * frames of its header list have arrived.
 *
 * <p>Thread-safe. The threads are not daemons: a server that is not closed keeps its JVM alive.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final int BACKLOG = 20_000;
  private static final int BUFFER_BYTES = 16 * 1024;

  /** A buffer must hold a whole record of TLS. */
  private static final int TLS_BUFFER_BYTES = 17 * 1024;

  private static final int POOLED_BUFFERS = 4096;
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
  private static final Duration VALIDITY = Duration.ofDays(30);

  private static final OptionMap SOCKET_OPTIONS =
      OptionMap.builder()
          .set(Options.TCP_NODELAY, true)
          .set(Options.REUSE_ADDRESSES, true)
          .set(Options.BACKLOG, BACKLOG)
          .getMap();

  private final ServerThreads threads;
  private final AcceptingChannel<StreamConnection> listener;
  private final Acceptor acceptor;
  private final ByteBufferPool buffers;
  private final Counters counters;
  private final InetSocketAddress address;
  private final @Nullable Identity identity;
  private boolean closed;

  private EmbeddedServer(
      ServerThreads threads,
      AcceptingChannel<StreamConnection> listener,
      Acceptor acceptor,
      ByteBufferPool buffers,
      Counters counters,
      InetAddress host,
      @Nullable Identity identity) {
    this.threads = threads;
    this.listener = listener;
    this.acceptor = acceptor;
    this.buffers = buffers;
    this.counters = counters;
    this.identity = identity;
    // Not the host that the listener reports, which is an IPv6 one if 0.0.0.0 was asked for.
    this.address =
        new InetSocketAddress(host, listener.getLocalAddress(InetSocketAddress.class).getPort());
  }

  /**
   * Starts a server as {@link ServerConfig#loopback} describes it.
   *
   * @throws IOException if the address cannot be bound or the I/O threads cannot be started; no
   *     thread is left behind
   */
  public static EmbeddedServer start() throws IOException {
    return start(ServerConfig.loopback());
  }

  /**
   * Starts a server. It accepts connections when this returns.
   *
   * @throws IOException if the address cannot be bound, for example because the port is taken, if
   *     the I/O threads cannot be started, for example for want of file descriptors, or if the key
   *     cannot be used; the message names address and port, or the number of threads; no thread is
   *     left behind
   */
  public static EmbeddedServer start(ServerConfig config) throws IOException {
    QuietLogging.apply();
    Identity identity = config.https() ? identity(config) : null;
    Counters counters = new Counters();
    int bufferBytes = config.https() ? TLS_BUFFER_BYTES : BUFFER_BYTES;
    ByteBufferPool buffers = new DefaultByteBufferPool(true, bufferBytes, POOLED_BUFFERS, 0);
    Router router = Router.create(counters);
    Acceptor acceptor =
        identity == null
            ? Acceptor.ofHttp(router, counters, buffers)
            : Acceptor.ofHttps(router, counters, buffers, identity);
    ServerThreads threads = ServerThreads.start(config.ioThreads());
    InetSocketAddress wanted = new InetSocketAddress(config.address(), config.port());
    try {
      AcceptingChannel<StreamConnection> listener =
          threads.worker().createStreamConnectionServer(wanted, acceptor, SOCKET_OPTIONS);
      listener.resumeAccepts();
      return new EmbeddedServer(
          threads, listener, acceptor, buffers, counters, config.address(), identity);
    } catch (IOException | RuntimeException e) {
      threads.stop();
      throw new IOException("cannot listen on " + authority(wanted) + ": " + e.getMessage(), e);
    }
  }

  private static Identity identity(ServerConfig config) {
    Identity given = config.identity();
    if (given != null) {
      return given;
    }
    List<InetAddress> addresses =
        List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"), config.address());
    Instant from = Instant.now().minus(CLOCKS_DIFFER);
    return Identity.selfSigned(Set.copyOf(addresses), from, from.plus(VALIDITY));
  }

  /** The port this server listens on, 1 to 65535; the real one if the system chose it. */
  public int port() {
    return address.getPort();
  }

  /**
   * The root, for example {@code http://127.0.0.1:40123/}, or {@code https} likewise. An IPv6
   * address is in brackets; for a server bound to every address, the loopback address of the same
   * family is given.
   */
  public URI uri() {
    return uri("/");
  }

  /**
   * The URI of a path of this server.
   *
   * @param path begins with {@code /}; may carry a query; is taken as it is, not encoded
   * @throws IllegalArgumentException if {@code path} does not begin with {@code /} or does not make
   *     a URI
   */
  public URI uri(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must begin with /: " + path);
    }
    String scheme = identity == null ? "http" : "https";
    return URI.create(scheme + "://" + authority(reachable()) + path);
  }

  /** The key and the certificate of a server that speaks https; empty for one that speaks http. */
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /**
   * Requests whose head was received since the start, those of HTTP/2 included. A request that is
   * not HTTP, or that has no valid {@code Host}, is refused and not counted.
   */
  public long requestsReceived() {
    return counters.requests();
  }

  /**
   * Connections of TCP accepted since the start, however many streams of HTTP/2 they carry. A
   * connection is counted before its handshake and its first request.
   */
  public long connectionsAccepted() {
    return counters.connectionsOpened();
  }

  /** Connections that are open now; decreases a moment after a client has closed its end. */
  public long connectionsOpen() {
    return counters.connectionsOpen();
  }

  /**
   * Stops listening, closes every connection, and returns when the port is free and no thread of
   * this server is alive. Requests in flight are cut off. Idempotent; a concurrent second call
   * waits too. Interruption does not shorten the wait; it is kept for the caller.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    IoUtils.safeClose(listener);
    acceptor.closeConnections();
    threads.stop();
    buffers.close();
  }

  private InetSocketAddress reachable() {
    InetAddress host = address.getAddress();
    return host.isAnyLocalAddress()
        ? new InetSocketAddress(
            InetAddress.ofLiteral(host instanceof Inet6Address ? "::1" : "127.0.0.1"), port())
        : address;
  }

  private static String authority(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String literal = host.getHostAddress();
    return (host instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + address.getPort();
  }
}
