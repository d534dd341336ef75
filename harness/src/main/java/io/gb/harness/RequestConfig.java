package io.gb.harness;

import static io.gb.harness.job.Checks.require;

import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.HttpUrl;
import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.text.ForeignText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What to send, and which response is expected. Immutable.
 *
 * @param uri the URL; http or https, with a host; kept in the form in which it is sent, see {@link
 *     HttpUrl}
 * @param method the request method
 * @param headers the header fields to send; they replace the default Host, User-Agent and Accept.
 *     Fields that frame the body, Transfer-Encoding and another Content-Length than its own, are
 *     refused
 * @param body the request body, empty for none; not copied
 * @param contentType the type of the body; sent only with a body
 * @param variableLength whether bodies of 2xx responses may differ in length from the first
 */
@SuppressWarnings("ArrayRecordComponent") // a large body is shared, never copied or compared
public record RequestConfig(
    URI uri,
    String method,
    List<Header> headers,
    byte[] body,
    String contentType,
    boolean variableLength) {

  /** The greatest length of what a message quotes. */
  private static final int SHOWN = 60;

  /**
   * Checks the values, copies the list, and percent-encodes the URL where it has to be.
   *
   * @throws IllegalArgumentException if a value is malformed; the message names it
   */
  public RequestConfig {
    headers = List.copyOf(headers);
    uri = HttpUrl.of(uri);
    require(Header.isToken(method), "bad method", method);
    new Header("Content-Type", contentType);
    checkFraming(headers, body.length);
  }

  /**
   * The body is sent with its length; a field that says otherwise would make two requests of it.
   */
  private static void checkFraming(List<Header> headers, int length) {
    List<Header> framing =
        headers.stream()
            .filter(header ->
                header.name().equalsIgnoreCase("Transfer-Encoding")
                    || header.name().equalsIgnoreCase("Content-Length"))
            .toList();
    boolean agrees =
        framing.isEmpty()
            || (framing.size() == 1
                && framing.getFirst().name().equalsIgnoreCase("Content-Length")
                && framing.getFirst().value().equals(Integer.toString(length)));
    if (!agrees) {
      throw new IllegalArgumentException(
          "header '%s': leave it out, the body of %d bytes is sent with its Content-Length"
              .formatted(ForeignText.line(framing.getLast().toString(), SHOWN), length));
    }
  }

  /** {@return the server that the URL names} */
  public Origin origin() {
    return Origin.of(uri);
  }

  /** {@return the request target: path and query of the URL} */
  public String target() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** {@return method, URL, and the names of the header fields, whose values may be secrets} */
  @Override
  public String toString() {
    return method
        + " "
        + uri
        + (headers.isEmpty() ? "" : " with " + headers.stream().map(Header::name).toList())
        + (body.length == 0 ? "" : " and a body of " + body.length + " bytes");
  }

  /** Returns the request to send; its fields are in ab's order: connection, body, own, defaults. */
  Job job(ConnectionConfig connection) {
    Origin origin = origin();
    List<Header> all = new ArrayList<>();
    all.add(new Header("Connection", connection.keepAlive() ? "Keep-Alive" : "close"));
    if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
      all.add(new Header("Content-Length", Integer.toString(body.length)));
    }
    if (body.length > 0) {
      all.add(new Header("Content-Type", contentType));
    }
    for (Header own : headers) {
      all.removeIf(header -> header.name().equalsIgnoreCase(own.name()));
    }
    ProxyServer proxy = connection.transport().proxy();
    boolean forwarded = proxy != null && !origin.tls();
    if (proxy != null && forwarded && proxy.authorization() != null) {
      all.add(new Header("Proxy-Authorization", proxy.authorization()));
    }
    all.addAll(headers);
    addDefault(all, "Host", origin.hostHeader());
    addDefault(all, "User-Agent", "gb");
    addDefault(all, "Accept", "*/*");
    // A proxy needs the whole URL; see RFC 9112, section 3.2.2.
    String target = (forwarded ? "http://" + origin.hostHeader() : "") + target();
    return new Job(method, target, all, body);
  }

  private static void addDefault(List<Header> all, String name, String value) {
    if (all.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
      all.add(new Header(name, value));
    }
  }
}
