package io.gb.harness.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS as a benchmark wants it: with SNI, and without verifying certificates. */
final class Tls {

  private static final SSLContext CONTEXT = createContext();

  private Tls() {}

  static SSLContext context() {
    return CONTEXT;
  }

  /** Layers TLS over a connected socket; closing the result closes both. */
  static SSLSocket handshake(Socket socket, String host) throws IOException {
    SSLSocket secured =
        (SSLSocket) CONTEXT.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
    secured.startHandshake();
    return secured;
  }

  private static SSLContext createContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustEveryone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /** Extended, because the JDK adds its own checks around a plain X509TrustManager. */
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
