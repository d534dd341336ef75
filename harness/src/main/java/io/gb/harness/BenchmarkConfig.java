package io.gb.harness;

import static io.gb.harness.job.Checks.require;

import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.ExchangeListener;
import io.gb.harness.http.HttpUrl;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.Transport;
import io.gb.harness.job.Header;
import io.gb.harness.load.LoadConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run: what to send, how much of it, and how to connect. Immutable and checked: {@link
 * #builder(URI)} makes one.
 *
 * @param request what to send
 * @param load how much load, and when to stop
 * @param connection how to connect; with an engine that speaks TLS if the URL asks for it, and at
 *     most as many connections as requests
 * @param samples how many single requests to keep beside the sums, at most, 0 for none; a random
 *     choice if there are more
 */
public record BenchmarkConfig(
    RequestConfig request, LoadConfig load, ConnectionConfig connection, int samples) {

  /**
   * Checks what concerns more than one group.
   *
   * @throws IllegalArgumentException if a value is out of range; the message names it
   */
  public BenchmarkConfig {
    require(
        connection.concurrency() <= load.requests(),
        "concurrency must not exceed the number of requests, " + load.requests(),
        connection.concurrency());
    require(
        !request.origin().tls() || connection.engine().speaksTls(),
        "engine speaks no TLS",
        connection.engine());
    require(samples >= 0, "samples must not be negative", samples);
  }

  /**
   * {@return a builder of a run with one GET on one connection}
   *
   * @param uri the URL to send requests to; http or https
   */
  public static Builder builder(URI uri) {
    return new Builder(uri);
  }

  /**
   * {@return a builder of a run with one GET on one connection}
   *
   * @param url the URL to send requests to; http or https. Unlike a URI, it may contain blanks and
   *     other characters that are sent percent-encoded; see {@link HttpUrl}
   * @throws IllegalArgumentException if it is no such URL
   */
  public static Builder builder(String url) {
    try {
      return new Builder(HttpUrl.parse(url));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Collects the values of a {@link BenchmarkConfig}. Not thread-safe. */
  public static final class Builder {

    private final URI uri;
    private final List<Header> headers = new ArrayList<>();
    private String method = "GET";
    private byte[] body = {};
    private String contentType = "text/plain";
    private @Nullable Long requests;
    private int concurrency = 1;
    private @Nullable Duration timeLimit;
    private Duration timeout = Duration.ofSeconds(30);
    private boolean retry;
    private boolean strictHttp;
    private boolean keepAlive;
    private boolean variableLength;
    private boolean stopOnReceiveError;
    private int giveUpAfter = 10;
    private @Nullable EngineKind engine;
    private int threads;
    private int samples;
    private Transport transport = Transport.DEFAULT;
    private @Nullable ExchangeListener listener;

    private Builder(URI uri) {
      this.uri = uri;
    }

    /**
     * Sets the request method.
     *
     * @param value a token of RFC 9110, section 5.6.2; GET by default
     * @return this builder
     */
    public Builder method(String value) {
      method = value;
      return this;
    }

    /**
     * Adds a header field. With a proxy, Proxy-Authorization is sent to the proxy alone.
     *
     * @param name a token of RFC 9110, section 5.6.2
     * @param value without control characters other than tab
     * @return this builder
     */
    public Builder header(String name, String value) {
      headers.add(new Header(name, value));
      return this;
    }

    /**
     * Sets the request body.
     *
     * @param value the bytes, which must not change afterwards; none by default
     * @param type the value of Content-Type
     * @return this builder
     */
    public Builder body(byte[] value, String type) {
      body = value;
      contentType = type;
      return this;
    }

    /**
     * Sets how many requests to send.
     *
     * @param value at least 1; by default one for each connection, or with a time limit as many as
     *     it allows
     * @return this builder
     */
    public Builder requests(long value) {
      requests = value;
      return this;
    }

    /**
     * Sets how many connections to use.
     *
     * @param value 1 to {@value ConnectionConfig#MAX_CONCURRENCY}, at most the number of requests;
     *     1 by default
     * @return this builder
     */
    public Builder concurrency(int value) {
      concurrency = value;
      return this;
    }

    /**
     * Sets when to stop at the latest.
     *
     * @param value positive, at most a year; null for no limit, the default
     * @return this builder
     */
    public Builder timeLimit(@Nullable Duration value) {
      timeLimit = value;
      return this;
    }

    /**
     * Sets the deadline of each request.
     *
     * @param value positive, at most a year; 30 seconds by default
     * @return this builder
     */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /**
     * Sets whether to send a request of an idempotent method once more if the server closes a kept
     * connection without a response to it; false by default. See {@link ConnectionConfig#retry}.
     *
     * @param value the value
     * @return this builder
     */
    public Builder retry(boolean value) {
      retry = value;
      return this;
    }

    /**
     * Sets whether a response that breaks the rules of HTTP/1.1 fails even if it leaves no doubt
     * about what it says; false by default. See {@link ConnectionConfig#strictHttp}.
     *
     * @param value the value
     * @return this builder
     */
    public Builder strictHttp(boolean value) {
      strictHttp = value;
      return this;
    }

    /**
     * Sets whether a connection serves more than one request.
     *
     * @param value false by default
     * @return this builder
     */
    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    /**
     * Sets whether bodies of 2xx responses may differ in length from the first.
     *
     * @param value false by default
     * @return this builder
     */
    public Builder variableLength(boolean value) {
      variableLength = value;
      return this;
    }

    /**
     * Sets whether the first failure to receive a response ends the run.
     *
     * @param value false by default
     * @return this builder
     */
    public Builder stopOnReceiveError(boolean value) {
      stopOnReceiveError = value;
      return this;
    }

    /**
     * Sets how many failures before the first success end the run.
     *
     * @param value 0 for never; 10 by default
     * @return this builder
     */
    public Builder giveUpAfter(int value) {
      giveUpAfter = value;
      return this;
    }

    /**
     * Sets which engine sends.
     *
     * @param value null for the {@linkplain EngineKind#standard standard} one, the default
     * @return this builder
     */
    public Builder engine(@Nullable EngineKind value) {
      engine = value;
      return this;
    }

    /**
     * Sets how many processors may run requests.
     *
     * @param value 0 for all, the default; see {@link ConnectionConfig}
     * @return this builder
     */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * Sets how many single requests to keep at most.
     *
     * @param value 0 for none, the default
     * @return this builder
     */
    public Builder samples(int value) {
      samples = value;
      return this;
    }

    /**
     * Sets how connections are made.
     *
     * @param value {@link Transport#DEFAULT} by default
     * @return this builder
     */
    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    /**
     * Sets what is called with each response head.
     *
     * @param value null for none, the default
     * @return this builder
     */
    public Builder listener(@Nullable ExchangeListener value) {
      listener = value;
      return this;
    }

    /** Only the proxy may see them; with https, that is CONNECT and not the request. */
    private void giveProxyItsCredentials() {
      ProxyServer proxy = transport.proxy();
      for (Header header : List.copyOf(headers)) {
        if (proxy != null && header.name().equalsIgnoreCase("Proxy-Authorization")) {
          headers.remove(header);
          proxy = new ProxyServer(proxy.host(), proxy.port(), header.value());
          transport =
              new Transport(
                  transport.bufferBytes(),
                  transport.localAddress(),
                  transport.everyAddress(),
                  proxy,
                  transport.tls());
        }
      }
    }

    /**
     * {@return the configuration}
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public BenchmarkConfig build() {
      giveProxyItsCredentials();
      return new BenchmarkConfig(
          new RequestConfig(uri, method, headers, body, contentType, variableLength),
          new LoadConfig(requestsOrDefault(), timeLimit, stopOnReceiveError, giveUpAfter),
          new ConnectionConfig(
              engine == null
                  ? EngineKind.standard("https".equalsIgnoreCase(uri.getScheme()))
                  : engine,
              threads,
              concurrency,
              keepAlive,
              timeout,
              retry,
              strictHttp,
              transport,
              listener),
          samples);
    }

    private long requestsOrDefault() {
      if (requests != null) {
        return requests;
      }
      return timeLimit == null ? Math.max(1, concurrency) : LoadConfig.UNLIMITED;
    }
  }
}
