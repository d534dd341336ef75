package io.gb.harness;

import static io.gb.harness.job.Checks.require;

import io.gb.harness.http.Origin;
import io.gb.harness.job.Header;
import java.net.URI;
import java.util.List;

/**
 * What to send, and which response is expected. Immutable.
 *
 * @param uri the URL; http or https, with a host
 * @param method the request method
 * @param headers the header fields to send; they replace the default Host, User-Agent and Accept
 * @param body the request body, empty for none; not copied
 * @param contentType the type of the body; sent only with a body
 * @param variableLength whether response bodies may differ in length from the first
 */
@SuppressWarnings("ArrayRecordComponent") // a large body is shared, never copied or compared
public record RequestConfig(
    URI uri,
    String method,
    List<Header> headers,
    byte[] body,
    String contentType,
    boolean variableLength) {

  /**
   * Checks the values and copies the list.
   *
   * @throws IllegalArgumentException if a value is malformed; the message names it
   */
  public RequestConfig {
    headers = List.copyOf(headers);
    Origin.of(uri);
    require(Header.isToken(method), "bad method", method);
    new Header("Content-Type", contentType);
  }

  /** Returns the server that the URL names. */
  public Origin origin() {
    return Origin.of(uri);
  }

  /** Returns the request target: path and query as they stand in the URL. */
  public String target() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
