package io.gb.harness;

import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.util.ArrayList;
import java.util.List;

/** Turns a configuration into the request that is sent. */
final class JobFactory {

  private static final String USER_AGENT = "gb";

  private JobFactory() {}

  /** The header fields come in ab's order: connection, body, the user's own, then defaults. */
  static Job create(BenchmarkConfig config) {
    RequestConfig request = config.request();
    Origin origin = request.origin();
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Connection", config.connection().keepAlive() ? "Keep-Alive" : "close"));
    int bodyLength = request.body().length;
    if (bodyLength > 0 || isBodyExpected(request.method())) {
      headers.add(new Header("Content-Length", Integer.toString(bodyLength)));
    }
    if (bodyLength > 0) {
      headers.add(new Header("Content-Type", request.contentType()));
    }
    for (Header own : request.headers()) {
      headers.removeIf(header -> header.name().equalsIgnoreCase(own.name()));
    }
    ProxyServer proxy = config.connection().transport().proxy();
    boolean forwarded = proxy != null && !origin.tls();
    if (proxy != null && forwarded && proxy.authorization() != null) {
      headers.add(new Header("Proxy-Authorization", proxy.authorization()));
    }
    headers.addAll(request.headers());
    addDefault(headers, "Host", origin.hostHeader());
    addDefault(headers, "User-Agent", USER_AGENT);
    addDefault(headers, "Accept", "*/*");
    // A proxy needs the whole URL; see RFC 9112, section 3.2.2.
    String target = (forwarded ? "http://" + origin.hostHeader() : "") + request.target();
    return new Job(request.method(), target, headers, request.body());
  }

  private static boolean isBodyExpected(String method) {
    return method.equals("POST") || method.equals("PUT");
  }

  private static void addDefault(List<Header> headers, String name, String value) {
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
      headers.add(new Header(name, value));
    }
  }
}
