package io.gb.harness.http.blocking;

import static java.util.Objects.requireNonNull;

import io.gb.harness.http.Origin;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
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
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
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
  private @Nullable ManagedHttpClientConnection managed;
  private boolean open;

  ClientConnection(BlockingEngine engine, Http1Config http1, byte[] discarded) {
    super(engine, discarded);
    host = host(engine.origin());
    var factory = new ManagedHttpClientConnectionFactory(http1, null, new ResponseParsers(http1));
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
            .setRequestExecutor(new InterimAwareExecutor())
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
            && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    return open;
  }

  private static HttpHost host(Origin origin) {
    return new HttpHost(origin.tls() ? "https" : "http", origin.host(), origin.port());
  }

  /** Encodes a job into a request that all clients can share. */
  static ClassicHttpRequest encode(Job job, Origin origin) {
    var request = new BasicClassicHttpRequest(job.method(), host(origin), job.target());
    for (Header header : job.headers()) {
      // The client derives the length from the body and refuses a second one.
      if (!header.name().equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
        request.addHeader(header.name(), header.value());
      }
    }
    if (job.body().length > 0) {
      request.setEntity(new ByteArrayEntity(job.body(), (ContentType) null));
    }
    return request;
  }

  @Override
  Response attempt(Job next) throws IOException, HttpException {
    job = next;
    HttpClientContext context = HttpClientContext.create();
    return client.execute(
        host,
        engine.encode(next),
        context,
        response -> {
          onHead();
          onResponse(next, response, context.getSSLSession());
          long bodyBytes = drain(next, response);
          onDrained();
          return new Response(response.getCode(), bodyBytes, open);
        });
  }

  private long drain(Job next, ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return 0;
    }
    try (InputStream content = entity.getContent()) {
      return drain(next, content);
    }
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
    open = false;
    // The client may take the exchange for a success and would use the connection again.
    ManagedHttpClientConnection used = managed;
    if (used != null) {
      closeSocket();
      used.close(CloseMode.IMMEDIATE);
      // Or the manager would give this one to the next request.
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }
  }

  @Override
  public void close() {
    super.close();
    client.close(CloseMode.IMMEDIATE);
  }

  /** Reports interim (1xx) responses to the listener as well. */
  private final class InterimAwareExecutor extends HttpRequestExecutor {

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback clientsOwn,
        HttpContext context)
        throws IOException, HttpException {
      return super.execute(
          request,
          connection,
          (response, used, sameContext) -> {
            if (clientsOwn != null) {
              clientsOwn.execute(response, used, sameContext);
            }
            onResponse(requireNonNull(job), response, null);
          },
          context);
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
      return engine.addresses();
    }
  }
}
