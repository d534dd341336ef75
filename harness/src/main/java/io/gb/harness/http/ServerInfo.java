package io.gb.harness.http;

import org.jspecify.annotations.Nullable;

/**
 * What the server told of itself in its first response. Immutable.
 *
 * @param software the value of the Server header, empty if there was none
 * @param tls what TLS was agreed on; null without TLS
 */
public record ServerInfo(String software, @Nullable TlsInfo tls) {

  /** Returns the first word of the Server header, which is all that ab shows. */
  public String firstWord() {
    int end = 0;
    while (end < software.length() && software.charAt(end) > ' ') {
      end++;
    }
    return software.substring(0, end);
  }

  /**
   * What TLS was agreed on.
   *
   * @param protocol for example TLSv1.3
   * @param cipher the cipher suite as the JDK names it, for example TLS_AES_256_GCM_SHA384
   * @param keyBits the size of the key in the server's certificate, 0 if unknown
   * @param temporaryKey the temporary key in OpenSSL's words, for example X25519 253 bits; null if
   *     there is none or it is unknown
   * @param serverName the name told to the server (SNI), or null if none was
   */
  public record TlsInfo(
      String protocol,
      String cipher,
      int keyBits,
      @Nullable String temporaryKey,
      @Nullable String serverName) {}
}
