package io.gb.server;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/**
 * The HTTP/1.1 server under test. It runs inside the JVM that starts it and answers:
 *
 * <table>
 * <caption>Paths</caption>
 * <tr><th>path</th><th>answer</th></tr>
 * <tr><td>{@code /10k.dat}</td><td>10,240 bytes that do not compress</td></tr>
 * <tr><td>{@code /bytes/{n}}</td><td>{@code n} bytes with a Content-Length</td></tr>
 * <tr><td>{@code /chunked/{n}}</td><td>{@code n} bytes in chunks</td></tr>
 * <tr><td>{@code /gzip/{n}}</td><td>{@code n} bytes, always gzip-encoded</td></tr>
 * <tr><td>{@code /delay/{millis}}</td><td>{@code ok}, after that time</td></tr>
 * <tr><td>{@code /status/{code}}</td><td>that status, 200 to 599</td></tr>
 * <tr><td>{@code /redirect/{n}}</td><td>302, {@code n} of them in a row, then 10k.dat</td></tr>
 * <tr><td>{@code /echo}</td><td>the request's body, at most 32 MiB; method and target as headers
 *     </td></tr>
 * <tr><td>{@code /headers}</td><td>the request's headers, one a line</td></tr>
 * <tr><td>{@code /close}</td><td>{@code ok}, then the connection is closed</td></tr>
 * </table>
 *
 * <p>Bodies of bytes are the first {@code n} bytes of 10k.dat repeated without end. Another path is
 * answered with 404, a number that is malformed or out of range with 400 and one line that says
 * what is wrong, a larger body for {@code /echo} with 413. Idle connections stay open until the
 * client or {@link #close} closes them.
 *
 * <p>Thread-safe. The threads are not daemons: a server that is not closed keeps its JVM alive.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final int BACKLOG = 20_000;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int POOLED_BUFFERS = 4096;
  private static final long UNLIMITED = -1;

  private static final OptionMap SOCKET_OPTIONS =
      OptionMap.builder()
          .set(Options.TCP_NODELAY, true)
          .set(Options.REUSE_ADDRESSES, true)
          .set(Options.BACKLOG, BACKLOG)
          .getMap();

  private static final OptionMap HTTP_OPTIONS =
      OptionMap.builder()
          .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
          .set(UndertowOptions.MAX_ENTITY_SIZE, UNLIMITED)
          .getMap();

  private final ServerThreads threads;
  private final AcceptingChannel<StreamConnection> listener;
  private final ByteBufferPool buffers;
  private final Counters counters;
  private final InetSocketAddress address;
  private boolean closed;

  private EmbeddedServer(
      ServerThreads threads,
      AcceptingChannel<StreamConnection> listener,
      ByteBufferPool buffers,
      Counters counters,
      InetAddress host) {
    this.threads = threads;
    this.listener = listener;
    this.buffers = buffers;
    this.counters = counters;
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
   * @throws IOException if the address cannot be bound, for example because the port is taken, or
   *     if the I/O threads cannot be started, for example for want of file descriptors; the message
   *     names address and port, or the number of threads; no thread is left behind
   */
  public static EmbeddedServer start(ServerConfig config) throws IOException {
    QuietLogging.apply();
    Counters counters = new Counters();
    ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES, POOLED_BUFFERS, 0);
    HttpOpenListener http = new HttpOpenListener(buffers, HTTP_OPTIONS);
    http.setRootHandler(Router.create(counters));
    ServerThreads threads = ServerThreads.start(config.ioThreads());
    InetSocketAddress wanted = new InetSocketAddress(config.address(), config.port());
    try {
      AcceptingChannel<StreamConnection> listener =
          threads
              .worker()
              .createStreamConnectionServer(wanted, new Acceptor(http, counters), SOCKET_OPTIONS);
      listener.resumeAccepts();
      return new EmbeddedServer(threads, listener, buffers, counters, config.address());
    } catch (IOException | RuntimeException e) {
      threads.stop();
      throw new IOException("cannot listen on " + authority(wanted) + ": " + e.getMessage(), e);
    }
  }

  /** The port this server listens on, 1 to 65535; the real one if the system chose it. */
  public int port() {
    return address.getPort();
  }

  /**
   * The root, for example {@code http://127.0.0.1:40123/}. An IPv6 address is in brackets; for a
   * server bound to every address, the loopback address of the same family is given.
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
    return URI.create("http://" + authority(reachable()) + path);
  }

  /**
   * Requests whose head was received since the start. A request that is not HTTP, or that has no
   * valid {@code Host}, is answered with 400 and not counted.
   */
  public long requestsReceived() {
    return counters.requests();
  }

  /** Connections accepted since the start. A connection is counted before its first request. */
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
