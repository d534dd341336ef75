package io.gb.harness;

import io.gb.harness.http.EngineKind;
import io.gb.harness.http.ExchangeListener;
import io.gb.harness.http.Transport;
import io.gb.harness.job.Header;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to send, how often, and how. Immutable and checked: {@link #builder(URI)} makes one.
 *
 * @param uri where to; http or https, with a host
 * @param method the request method
 * @param headers the header fields to send; they replace the default Host, User-Agent and Accept
 * @param body the request body, empty for none; not copied
 * @param contentType the type of the body; sent only with a body
 * @param requests how many requests to send, at least 1
 * @param concurrency how many connections, from 1 to the number of requests
 * @param timeLimit when to stop at the latest, or null for no limit
 * @param timeout the deadline of each request, connecting included
 * @param keepAlive whether a connection serves more than one request
 * @param variableLength whether bodies may differ in length from the first
 * @param stopOnReceiveError whether the first failure to receive a response ends the run
 * @param giveUpAfter how many failures before the first success end the run; 0 for never
 * @param engine which engine sends; one that speaks TLS if the URL asks for it
 * @param threads how many threads an event loop has, 0 to let it choose; others don't care
 * @param samples how many single requests to keep beside the sums, at most; a random choice if
 *     there are more
 * @param transport how connections are made
 * @param listener is told of each response head, or null
 */
@SuppressWarnings("ArrayRecordComponent") // a large body is shared, never copied or compared
public record BenchmarkConfig(
    URI uri,
    String method,
    List<Header> headers,
    byte[] body,
    String contentType,
    long requests,
    int concurrency,
    @Nullable Duration timeLimit,
    Duration timeout,
    boolean keepAlive,
    boolean variableLength,
    boolean stopOnReceiveError,
    int giveUpAfter,
    EngineKind engine,
    int threads,
    int samples,
    Transport transport,
    @Nullable ExchangeListener listener) {

  private static final Duration LONGEST = Duration.ofDays(365);

  /** The most connections a run may have. */
  public static final int MAX_CONCURRENCY = 20_000;

  /**
   * Checks the values and copies the list.
   *
   * @throws IllegalArgumentException if a value is out of range; the message names it
   */
  public BenchmarkConfig {
    headers = List.copyOf(headers);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    check(scheme.equals("http") || scheme.equals("https"), "scheme must be http or https", uri);
    check(uri.getHost() != null, "no host in URL", uri);
    check(uri.getPort() >= -1 && uri.getPort() <= 65535 && uri.getPort() != 0, "bad port", uri);
    check(requests >= 1, "requests must be at least 1", requests);
    check(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "concurrency must be between 1 and " + MAX_CONCURRENCY,
        concurrency);
    check(
        concurrency <= requests,
        "concurrency must not exceed the number of requests, " + requests,
        concurrency);
    check(timeLimit == null || timeLimit.isPositive(), "time limit must be positive", timeLimit);
    check(timeout.isPositive(), "timeout must be positive", timeout);
    check(
        timeLimit == null || timeLimit.compareTo(LONGEST) <= 0,
        "time limit must be at most " + LONGEST,
        timeLimit);
    check(timeout.compareTo(LONGEST) <= 0, "timeout must be at most " + LONGEST, timeout);
    check(!scheme.equals("https") || engine.speaksTls(), "engine speaks no TLS", engine);
    check(threads >= 0, "threads must not be negative", threads);
    check(samples >= 0, "samples must not be negative", samples);
    check(giveUpAfter >= 0, "giveUpAfter must not be negative", giveUpAfter);
    check(Header.isToken(method), "bad method", method);
    Header _ = new Header("Content-Type", contentType);
  }

  private static void check(boolean good, String rule, @Nullable Object value) {
    if (!good) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /**
   * Starts a description with one request on one connection, GET, without keep-alive, 30 seconds
   * deadline, on the {@linkplain EngineKind#standard standard engine}.
   *
   * @param uri where to send requests; http or https
   */
  public static Builder builder(URI uri) {
    return new Builder(uri);
  }

  /** Returns whether the URL asks for TLS. */
  public boolean tls() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Returns the host name or address, without the brackets of an IPv6 literal. */
  public String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns the port, also where the URL leaves it to the scheme. */
  public int port() {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return tls() ? 443 : 80;
  }

  /** Returns the request target: path and query as they stand in the URL. */
  public String target() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return Optional.ofNullable(uri.getRawQuery()).map(query -> path + "?" + query).orElse(path);
  }

  /** Collects the values of a {@link BenchmarkConfig}. Not thread-safe. */
  public static final class Builder {

    private final URI uri;
    private final List<Header> headers = new ArrayList<>();
    private String method = "GET";
    private byte[] body = {};
    private String contentType = "text/plain";
    private long requests = 1;
    private int concurrency = 1;
    private @Nullable Duration timeLimit;
    private Duration timeout = Duration.ofSeconds(30);
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

    /** Sets the request method. */
    public Builder method(String value) {
      method = value;
      return this;
    }

    /** Adds a header field. */
    public Builder header(String name, String value) {
      headers.add(new Header(name, value));
      return this;
    }

    /** Sets the request body, which must not change afterwards, and its type. */
    public Builder body(byte[] value, String type) {
      body = value;
      contentType = type;
      return this;
    }

    /** Sets how many requests to send. */
    public Builder requests(long value) {
      requests = value;
      return this;
    }

    /** Sets how many connections to use. */
    public Builder concurrency(int value) {
      concurrency = value;
      return this;
    }

    /** Sets when to stop at the latest; null for no limit. */
    public Builder timeLimit(@Nullable Duration value) {
      timeLimit = value;
      return this;
    }

    /** Sets the deadline of each request. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** Sets whether a connection serves more than one request. */
    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    /** Sets whether bodies may differ in length from the first. */
    public Builder variableLength(boolean value) {
      variableLength = value;
      return this;
    }

    /** Sets whether the first failure to receive a response ends the run. */
    public Builder stopOnReceiveError(boolean value) {
      stopOnReceiveError = value;
      return this;
    }

    /** Sets how many failures before the first success end the run; 0 for never. */
    public Builder giveUpAfter(int value) {
      giveUpAfter = value;
      return this;
    }

    /** Sets which engine sends; null for the {@linkplain EngineKind#standard standard} one. */
    public Builder engine(@Nullable EngineKind value) {
      engine = value;
      return this;
    }

    /** Sets how many threads an event loop has; 0 lets it choose. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /** Sets how many single requests to keep at most. */
    public Builder samples(int value) {
      samples = value;
      return this;
    }

    /** Sets how connections are made. */
    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    /** Sets who is told of each response head; null for nobody. */
    public Builder listener(@Nullable ExchangeListener value) {
      listener = value;
      return this;
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public BenchmarkConfig build() {
      boolean tls = "https".equalsIgnoreCase(uri.getScheme());
      return new BenchmarkConfig(
          uri,
          method,
          headers,
          body,
          contentType,
          requests,
          concurrency,
          timeLimit,
          timeout,
          keepAlive,
          variableLength,
          stopOnReceiveError,
          giveUpAfter,
          engine == null ? EngineKind.standard(tls) : engine,
          threads,
          samples,
          transport,
          listener);
    }
  }
}
