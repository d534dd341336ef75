package io.gb.harness.http.response;

import io.gb.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * What the first response told of the server. Immutable.
 *
 * @param software the value of the Server header, empty if there was none
 * @param tls the parameters of the TLS connection, null without TLS
 */
public record ServerInfo(String software, @Nullable TlsInfo tls) {

  private static final int MOST = 100;

  /**
   * {@return the first word of the Server header, which is the part that ab shows, cut if it is
   * long and with its control characters spelt out}
   */
  public String firstWord() {
    return ForeignText.line(software.split("[\\x00-\\x20]", 2)[0], MOST);
  }

  /**
   * The parameters of a TLS connection. Immutable.
   *
   * @param protocol for example TLSv1.3
   * @param cipher the cipher suite as the JDK names it, for example TLS_AES_256_GCM_SHA384
   * @param keyBits the size of the key in the server's certificate, 0 if unknown
   * @param temporaryKey the temporary key as OpenSSL prints it, for example X25519 253 bits; null
   *     if there is none or it is unknown
   * @param serverName the host name sent in the handshake (SNI), or null if none was sent
   */
  public record TlsInfo(
      String protocol,
      String cipher,
      int keyBits,
      @Nullable String temporaryKey,
      @Nullable String serverName) {}
}
