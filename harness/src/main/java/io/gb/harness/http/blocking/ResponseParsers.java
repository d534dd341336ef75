package io.gb.harness.http.blocking;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;

/**
 * The library's parsers of response heads, which throw IllegalArgumentException for some malformed
 * heads (status 000, version 1.-1); here it becomes a ProtocolException, a failure of the response.
 */
final class ResponseParsers extends DefaultHttpResponseParserFactory {

  ResponseParsers(Http1Config http1) {
    super(http1);
  }

  @Override
  public HttpMessageParser<ClassicHttpResponse> create() {
    HttpMessageParser<ClassicHttpResponse> parser = super.create();
    return (buffer, in) -> {
      try {
        return parser.parse(buffer, in);
      } catch (IllegalArgumentException e) {
        throw new ProtocolException("malformed response: " + e.getMessage(), e);
      }
    };
  }
}
