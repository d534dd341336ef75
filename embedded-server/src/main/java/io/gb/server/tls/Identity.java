package io.gb.server.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The private key of a TLS server and its certificate. Immutable, thread-safe.
 *
 * @param key the private key of the first certificate; the constructor does not check that they
 *     belong together
 * @param chain the server's certificate, then those of its issuers, each signed with the next; at
 *     least one
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

  private static final int PEM_LINE = 64;
  private static final byte[] LINE_FEED = {'\n'};
  private static final char[] PASSWORD = {'x'};

  /**
   * Checks and copies the chain.
   *
   * @throws IllegalArgumentException if {@code chain} is empty
   */
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("chain must hold at least one certificate");
    }
  }

  /**
   * A new ECDSA key on the curve P-256 and a certificate for it that is signed with the key itself.
   * The certificate is for the name {@code localhost} and for {@code addresses}. A client that
   * verifies certificates accepts it only after it was told to trust it.
   *
   * @param addresses may be empty
   * @param from when the certificate begins to be valid, from the year 1950 on, to the second
   * @param until when it ceases to be valid, before the year 2050, to the second
   */
  public static Identity selfSigned(
      Collection<InetAddress> addresses, Instant from, Instant until) {
    try {
      return SelfSigned.create(addresses, from, until);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has ECDSA on P-256", e);
    }
  }

  /**
   * A context for the server's side of connections. It requests no certificate from clients.
   *
   * @throws GeneralSecurityException if this JVM cannot use the key
   */
  public SSLContext serverContext() throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keyStore(), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    // No trust managers at all: the default ones would read the JDK's file of authorities.
    context.init(managers.getKeyManagers(), new TrustManager[0], null);
    return context;
  }

  private KeyStore keyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      store.setKeyEntry("server", key, PASSWORD, chain.toArray(X509Certificate[]::new));
      return store;
    } catch (IOException e) {
      throw new AssertionError("nothing is read", e);
    }
  }

  /** The certificates in PEM (RFC 7468), in the order of the chain; without the key. */
  public String pem() {
    Base64.Encoder base64 = Base64.getMimeEncoder(PEM_LINE, LINE_FEED);
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : chain) {
      try {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(base64.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      } catch (CertificateEncodingException e) {
        throw new AssertionError("a certificate that was read or made has an encoding", e);
      }
    }
    return pem.toString();
  }
}
