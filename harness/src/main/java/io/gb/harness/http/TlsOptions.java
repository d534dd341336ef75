package io.gb.harness.http;

import java.util.List;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS. Immutable.
 *
 * @param serverName whether to send the host name in the handshake (SNI, RFC 6066)
 * @param verify whether to verify the server's certificate and name with the JVM's trust store
 * @param protocols the versions to offer, as the JDK names them (TLSv1.3); empty for its default
 * @param cipherSuites the suites to offer, as the JDK names them; empty for its default
 * @param identity provides the client certificate if the server requests one; null for none
 */
public record TlsOptions(
    boolean serverName,
    boolean verify,
    List<String> protocols,
    List<String> cipherSuites,
    @Nullable KeyManager identity) {

  /** ab's defaults: sends the host name, verifies nothing, offers what the JDK offers. */
  public static final TlsOptions LENIENT = new TlsOptions(true, false, List.of(), List.of(), null);

  /** Copies the lists. */
  public TlsOptions {
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
  }
}
