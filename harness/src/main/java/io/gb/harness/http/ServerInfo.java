package io.gb.harness.http;

import org.jspecify.annotations.Nullable;

/**
 * What the server told of itself in its first response. Immutable.
 *
 * @param software the value of the Server header, empty if there was none
 * @param tls what TLS was agreed on; null without TLS
 */
public record ServerInfo(String software, @Nullable TlsInfo tls) {

  /**
   * What TLS was agreed on.
   *
   * @param protocol for example TLSv1.3
   * @param cipher the cipher suite, for example TLS_AES_256_GCM_SHA384
   */
  public record TlsInfo(String protocol, String cipher) {}
}
