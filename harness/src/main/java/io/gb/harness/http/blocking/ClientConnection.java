package io.gb.harness.http.blocking;

import static java.util.Objects.requireNonNull;

import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One HttpClient with a connection manager of its own, so that no connection waits for a pool. All
 * features that send or change anything on their own are off: retries, redirects, cookies,
 * decompression.
 */
final class ClientConnection extends BlockingConnection {

  private final HttpHost host;
  private final CloseableHttpClient client;
  private final BasicHttpClientConnectionManager connections;
  private @Nullable Job job;
  private @Nullable InetSocketAddress current;
  private @Nullable ManagedHttpClientConnection managed;
  private boolean open;

  ClientConnection(BlockingEngine engine, Http1Config http1, byte[] discarded) {
    super(engine, discarded);
    host = PreparedRequest.host(engine.origin());
    // The request to write is a copy of the prepared one.
    var factory =
        new ManagedHttpClientConnectionFactory(
            http1,
            null,
            () -> (copy, buffer, out) -> engine.encode(requireNonNull(job)).writeHead(buffer, out),
            unused -> reader);
    connections =
        new BasicHttpClientConnectionManager(
            new MeteredOperator(),
            socket -> {
              ManagedHttpClientConnection fresh = factory.createConnection(socket);
              managed = fresh;
              return fresh;
            });
    // The watchdog limits the whole exchange, so the library's own timeouts are off.
    connections.setSocketConfig(SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build());
    connections.setConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.DISABLED)
            .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
            .build());
    client =
        HttpClientBuilder.create()
            .setConnectionManager(connections)
            .setRequestExecutor(new Conversation())
            .setConnectionReuseStrategy(this::decideReuse)
            .setKeepAliveStrategy((response, context) -> TimeValue.NEG_ONE_MILLISECOND)
            .setDefaultRequestConfig(
                RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableConnectionState()
            .disableDefaultUserAgent()
            .build();
  }

  private boolean decideReuse(HttpRequest request, HttpResponse response, HttpContext context) {
    open =
        engine.config().keepAlive()
            && engine.encode(requireNonNull(job)).isPersistent()
            && reader.promisesAnother();
    return open;
  }

  @Override
  Outcome.Completed attempt(Job next) throws IOException, HttpException {
    job = next;
    Outcome.Completed completed =
        client.execute(
            host,
            engine.encode(next),
            HttpClientContext.create(),
            headOfResponse -> {
              onHead();
              long bodyBytes = drain(next);
              return complete(headOfResponse.getCode(), bodyBytes, open && reader.allowsAnother());
            });
    if (open && !completed.keptAlive()) {
      discard();
    }
    return completed;
  }

  @Override
  boolean isStale() throws IOException {
    return requireNonNull(managed).isStale();
  }

  @Override
  boolean isOpen() {
    return open;
  }

  @Override
  void discard() {
    reader.release();
    open = false;
    // The client may take the exchange for a success and would use the connection again.
    ManagedHttpClientConnection used = managed;
    if (used != null) {
      closeSocket();
      used.close(CloseMode.IMMEDIATE);
      // Or the manager would give this one to the next request.
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
      // Its parser holds what it has read of a head, and the heap may be full.
      managed = null;
    }
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  /** Does not write all of a request before it reads. */
  private final class Conversation extends HttpRequestExecutor {

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback clientsOwn,
        HttpContext context)
        throws IOException, HttpException {
      ClassicHttpResponse response = converse(connection, request, requireNonNull(job));
      if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
        // Or the client would take back the connection before the body is read.
        connection.receiveResponseEntity(response);
      }
      return response;
    }
  }

  /** Connects with metered sockets. */
  private final class MeteredOperator extends DefaultHttpClientConnectionOperator {

    private long connectStart;

    MeteredOperator() {
      super(
          proxy -> openSocket(),
          null,
          new ResolvedOnce(),
          scheme ->
              URIScheme.HTTPS.same(scheme)
                  ? (TlsSocketStrategy)
                      (socket, target, port, attachment, context) -> secure((MeteredSocket) socket)
                  : null);
    }

    @Override
    public void connect(
        ManagedHttpClientConnection connection,
        HttpHost target,
        @Nullable NamedEndpoint name,
        @Nullable Path unixSocket,
        @Nullable InetSocketAddress local,
        @Nullable Timeout limit,
        SocketConfig socketConfig,
        @Nullable Object attachment,
        HttpContext context)
        throws IOException {
      ClientConnection.this.connect((address, limitMillis) -> {
        current = address;
        Timeout ofAttempt = Timeout.ofMilliseconds(limitMillis);
        super.connect(
            connection,
            target,
            name,
            unixSocket,
            local,
            ofAttempt,
            socketConfig,
            attachment,
            context);
      });
    }

    @Override
    protected void onBeforeSocketConnect(HttpContext context, HttpHost endpoint) {
      connectStart = System.nanoTime();
    }

    @Override
    protected void onAfterSocketConnect(HttpContext context, HttpHost endpoint) {
      onConnected(System.nanoTime() - connectStart);
    }
  }

  private final class ResolvedOnce extends SystemDefaultDnsResolver {

    @Override
    public List<InetSocketAddress> resolve(String name, int port) {
      return List.of(requireNonNull(current));
    }
  }
}
