package io.gb.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/**
 * Answers with 10k.dat, or with 304 if {@code If-None-Match} names what the client already has (RFC
 * 9110, section 13.1.2).
 */
final class TenKHandler implements HttpHandler {

  private static final String LENGTH = Integer.toString(Payload.TEN_K);

  private final ETag etag = new ETag(false, Payload.fingerprint());
  private final String etagHeader = etag.toString();

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.ETAG, etagHeader);
    String known = exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH);
    if (known != null && isCurrent(known)) {
      exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
      return;
    }
    headers.put(Headers.CONTENT_TYPE, "application/octet-stream");
    headers.put(Headers.CONTENT_LENGTH, LENGTH);
    exchange.getResponseSender().send(Payload.tenK());
  }

  private boolean isCurrent(String known) {
    return known.equals("*") || !ETagUtils.handleIfNoneMatch(known, etag, true);
  }
}
