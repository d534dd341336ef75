package io.gb.server;

import io.gb.server.tls.Identity;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

/**
 * Counts each accepted connection and passes it to the parsers of TLS and HTTP; called on the
 * connection's I/O thread. Accepts all connections that are waiting: XNIO's own adapter accepts one
 * at a time, and logs an error for those that remain when the server closes.
 */
record Acceptor(
    ChannelListener<StreamConnection> parsers, Counters counters, Set<StreamConnection> open)
    implements ChannelListener<AcceptingChannel<StreamConnection>> {

  private static final int ROUNDS = 2;
  private static final long UNLIMITED = -1;
  private static final int CONCURRENT_STREAMS = 128;

  private static final OptionMap OPTIONS =
      OptionMap.builder()
          .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
          .set(UndertowOptions.MAX_ENTITY_SIZE, UNLIMITED)
          .set(UndertowOptions.ENABLE_HTTP2, true)
          .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, CONCURRENT_STREAMS)
          .getMap();

  private Acceptor(ChannelListener<StreamConnection> parsers, Counters counters) {
    this(parsers, counters, ConcurrentHashMap.newKeySet());
  }

  /** For HTTP/1.1, and for HTTP/2 by prior knowledge and by the Upgrade of a GET. */
  static Acceptor ofHttp(Router router, Counters counters, ByteBufferPool buffers) {
    HttpHandler upgrade = new Http2UpgradeHandler(router);
    HttpOpenListener http = new HttpOpenListener(buffers, OPTIONS);
    http.setRootHandler(
        exchange -> (mayUpgrade(exchange) ? upgrade : router).handleRequest(exchange));
    return new Acceptor(http, counters);
  }

  /** Not with a body, which Undertow would keep in memory as a whole. */
  private static boolean mayUpgrade(HttpServerExchange exchange) {
    return exchange.getRequestHeaders().contains(Headers.UPGRADE)
        && exchange.isHttp11()
        && exchange.getRequestMethod().equals(Methods.GET)
        && exchange.isRequestComplete();
  }

  /**
   * For HTTP/1.1 and HTTP/2 over TLS, chosen by ALPN. The I/O threads compute the handshakes too,
   * so that their number limits the processors that the server uses.
   *
   * @throws IOException if this JVM cannot use the key
   */
  static Acceptor ofHttps(
      Router router, Counters counters, ByteBufferPool buffers, Identity identity)
      throws IOException {
    UndertowXnioSsl tls;
    try {
      tls =
          new UndertowXnioSsl(
              Xnio.getInstance(), OptionMap.EMPTY, buffers, identity.serverContext());
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the key: " + e.getMessage(), e);
    }
    DelegateOpenListener http1 = new HttpOpenListener(buffers, OPTIONS);
    DelegateOpenListener http2 = new Http2OpenListener(buffers, OPTIONS);
    http1.setRootHandler(router);
    http2.setRootHandler(router);
    return new Acceptor(
        tcp -> {
          SslConnection connection = tls.wrapExistingConnection(tcp, OptionMap.EMPTY, false);
          SSLEngine engine = UndertowXnioSsl.getSslEngine(connection);
          SSLParameters parameters = engine.getSSLParameters();
          parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
          engine.setSSLParameters(parameters);
          Handshake handshake = new Handshake(connection, engine, buffers, http1, http2);
          connection.getSourceChannel().setReadListener(handshake);
          handshake.handleEvent(connection.getSourceChannel());
        },
        counters);
  }

  /**
   * Reads until the handshake has ended, then passes the connection to the parser of the protocol
   * that was agreed on. Undertow's own listener for ALPN never agrees on HTTP/2 with a client that
   * offers the ciphers of TLS 1.3 alone.
   */
  private record Handshake(
      SslConnection connection,
      SSLEngine engine,
      ByteBufferPool buffers,
      DelegateOpenListener http1,
      DelegateOpenListener http2)
      implements ChannelListener<ConduitStreamSourceChannel> {

    @Override
    public void handleEvent(ConduitStreamSourceChannel source) {
      PooledByteBuffer buffer = buffers.allocate();
      try {
        int read = source.read(buffer.getBuffer());
        String protocol = engine.getApplicationProtocol();
        if (read == 0 && protocol == null) {
          buffer.close();
          source.resumeReads();
        } else if (read >= 0) {
          buffer.getBuffer().flip();
          source.setReadListener(null);
          ("h2".equals(protocol) ? http2 : http1).handleEvent(connection, buffer);
        } else {
          buffer.close();
          IoUtils.safeClose(connection);
        }
      } catch (IOException e) {
        buffer.close();
        IoUtils.safeClose(connection);
      }
    }
  }

  @Override
  public void handleEvent(AcceptingChannel<StreamConnection> listener) {
    try {
      StreamConnection connection = listener.accept();
      while (connection != null) {
        open(connection);
        connection = listener.accept();
      }
    } catch (ClosedChannelException e) {
      // The server is closing; its threads close what has been accepted.
    } catch (IOException e) {
      throw new AssertionError("accepting takes from a queue and does no I/O", e);
    }
  }

  private void open(StreamConnection connection) {
    counters.connectionOpened();
    open.add(connection);
    connection.setCloseListener(closed -> {
      open.remove(connection);
      counters.connectionClosed();
    });
    parsers.handleEvent(connection);
  }

  /**
   * Closes all connections on their I/O threads, and waits for the tasks that this gives to these
   * threads. Undertow would start a thread of its own for such a task of HTTP/2 that comes once an
   * I/O thread is ending. Call this when no more connections are accepted.
   */
  void closeConnections() {
    List<StreamConnection> all = List.copyOf(open);
    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<?>[] closed =
          all.stream()
              .map(one ->
                  CompletableFuture.runAsync(() -> IoUtils.safeClose(one), one.getIoThread()))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(closed).join();
    }
  }
}
