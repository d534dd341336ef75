package io.gb.harness.http.blocking;

import io.gb.harness.http.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS connections to one host with given options. Thread-safe. */
final class Tls {

  private final TlsOptions options;
  private final String host;
  private final @Nullable String serverName;
  private final KeyManager identity;
  private final TrustManager[] trust;
  private volatile boolean lacksIdentity;

  /**
   * Prepares handshakes with a host.
   *
   * @param options how to speak TLS
   * @param host its name or address, without brackets
   */
  Tls(TlsOptions options, String host) {
    this.options = options;
    this.host = host;
    // RFC 6066, section 3: no address, and no trailing dot.
    boolean isAddress = host.contains(":") || host.matches("[0-9.]+");
    serverName = options.serverName() && !isAddress ? host.replaceFirst("\\.$", "") : null;
    identity = options.identity() == null ? new NoIdentity() : options.identity();
    trust = options.verify() ? trustOfTheJvm() : new TrustManager[] {new TrustEveryone()};
  }

  /** Returns the host name sent in handshakes, or null if none is sent. */
  @Nullable String serverName() {
    return serverName;
  }

  /** Returns whether the server has asked for a client certificate, and there was none to give. */
  boolean lacksIdentity() {
    return lacksIdentity;
  }

  /**
   * Layers TLS over a connected socket, ready for the handshake; closing the result closes both.
   * Each handshake is a full one, as with ab; no session is resumed.
   */
  SSLSocket layer(Socket socket) throws IOException {
    // A new context has no session to resume.
    SSLSocket secured =
        (SSLSocket)
            newContext().getSocketFactory().createSocket(socket, host, socket.getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    // Always set, because by default the JDK sends only names that contain a dot.
    parameters.setServerNames(serverName == null ? List.of() : List.of(new ServerName(serverName)));
    if (options.verify()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (!options.protocols().isEmpty()) {
      parameters.setProtocols(options.protocols().toArray(String[]::new));
    }
    if (!options.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(options.cipherSuites().toArray(String[]::new));
    }
    secured.setSSLParameters(parameters);
    return secured;
  }

  private SSLContext newContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private static TrustManager[] trustOfTheJvm() {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init((KeyStore) null);
      return managers.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no trust store", e);
    }
  }

  /** Has no client certificate, and takes note if the server asks for one. */
  private final class NoIdentity extends X509ExtendedKeyManager {

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      lacksIdentity = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }

  /** A host name in the handshake; SNIHostName refuses underscores. */
  private static final class ServerName extends SNIServerName {

    ServerName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Extended, because the JDK adds its own checks to a plain X509TrustManager. */
  private static final class TrustEveryone extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
