package io.gb.harness;

import io.gb.harness.http.ProxyServer;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.util.ArrayList;
import java.util.List;

/** Turns a description of a run into the request that is sent. */
final class JobFactory {

  private static final String USER_AGENT = "gb";

  private JobFactory() {}

  /** The header fields come in ab's order: connection, body, the user's own, then defaults. */
  static Job create(BenchmarkConfig config) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Connection", config.keepAlive() ? "Keep-Alive" : "close"));
    boolean hasBody = config.body().length > 0 || isBodyExpected(config.method());
    if (hasBody) {
      headers.add(new Header("Content-Length", Integer.toString(config.body().length)));
    }
    if (config.body().length > 0) {
      headers.add(new Header("Content-Type", config.contentType()));
    }
    for (Header own : config.headers()) {
      headers.removeIf(header -> header.name().equalsIgnoreCase(own.name()));
    }
    ProxyServer proxy = config.transport().proxy();
    boolean forwarded = proxy != null && !config.tls();
    if (proxy != null && forwarded && proxy.authorization() != null) {
      headers.add(new Header("Proxy-Authorization", proxy.authorization()));
    }
    headers.addAll(config.headers());
    addDefault(headers, "Host", hostAndPort(config));
    addDefault(headers, "User-Agent", USER_AGENT);
    addDefault(headers, "Accept", "*/*");
    // A proxy has to be told the whole of it; see RFC 9112, section 3.2.2.
    String target = forwarded ? "http://" + hostAndPort(config) + config.target() : config.target();
    return new Job(config.method(), target, headers, config.body());
  }

  private static boolean isBodyExpected(String method) {
    return method.equals("POST") || method.equals("PUT");
  }

  private static void addDefault(List<Header> headers, String name, String value) {
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
      headers.add(new Header(name, value));
    }
  }

  private static String hostAndPort(BenchmarkConfig config) {
    String host = config.uri().getHost();
    boolean usual = config.port() == (config.tls() ? 443 : 80);
    return usual ? host : host + ":" + config.port();
  }
}
