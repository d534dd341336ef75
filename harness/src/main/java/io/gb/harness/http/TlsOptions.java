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

  /** Returns a copy with or without SNI. */
  public TlsOptions withServerName(boolean value) {
    return new TlsOptions(value, verify, protocols, cipherSuites, identity);
  }

  /** Returns a copy with or without verification. */
  public TlsOptions withVerify(boolean value) {
    return new TlsOptions(serverName, value, protocols, cipherSuites, identity);
  }

  /** Returns a copy with other versions; empty for the JDK's default. */
  public TlsOptions withProtocols(List<String> value) {
    return new TlsOptions(serverName, verify, value, cipherSuites, identity);
  }

  /** Returns a copy with other suites; empty for the JDK's default. */
  public TlsOptions withCipherSuites(List<String> value) {
    return new TlsOptions(serverName, verify, protocols, value, identity);
  }

  /** Returns a copy with another client certificate; null for none. */
  public TlsOptions withIdentity(@Nullable KeyManager value) {
    return new TlsOptions(serverName, verify, protocols, cipherSuites, value);
  }
}
