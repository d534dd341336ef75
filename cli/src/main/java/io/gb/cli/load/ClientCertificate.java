package io.gb.cli.load;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.Messages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's certificate chain and private key from one PEM file, as ab's {@code -E} does.
 */
final class ClientCertificate {

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN ([A-Z ]*)PRIVATE KEY-----(.*?)-----END [A-Z ]*PRIVATE KEY-----",
          Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final String ALIAS = "client";
  private static final char[] NO_PASSWORD = {};

  private ClientCertificate() {}

  /**
   * Reads the file.
   *
   * @throws CommandException if it cannot be read, or lacks one of them
   */
  static KeyManager load(Path file) {
    try {
      String pem = Files.readString(file, StandardCharsets.ISO_8859_1);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      PrivateKey key = privateKey(pem);
      Certificate[] chain = chain(pem);
      checkPair(key, chain[0]);
      store.setKeyEntry(ALIAS, key, NO_PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      return new Insistent((X509ExtendedKeyManager) managers.getKeyManagers()[0]);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw CommandException.failed("-E " + file + ": " + Messages.ofFile(e));
    }
  }

  /** Sends the certificate whenever a server requests one, whichever issuers the server names. */
  private static final class Insistent extends X509ExtendedKeyManager {

    private final X509ExtendedKeyManager keys;

    Insistent(X509ExtendedKeyManager keys) {
      this.keys = keys;
    }

    @Override
    public String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
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
  }

  /** Without this check, Java would send no certificate and give no reason. */
  private static void checkPair(PrivateKey key, Certificate certificate)
      throws GeneralSecurityException {
    PublicKey other = certificate.getPublicKey();
    if (!ALGORITHMS.contains(other.getAlgorithm())) {
      return;
    }
    boolean fits = key.getAlgorithm().equals(other.getAlgorithm());
    if (fits) {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
          };
      byte[] text = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(other);
      signature.update(text);
      fits = signature.verify(signed);
    }
    if (!fits) {
      throw new IllegalArgumentException("the private key is not that of the first certificate");
    }
  }

  private static Certificate[] chain(String pem) throws GeneralSecurityException {
    StringBuilder certificates = new StringBuilder();
    CERTIFICATE
        .matcher(pem)
        .results()
        .forEach(found -> certificates.append(found.group()).append('\n'));
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("holds no certificate");
    }
    Collection<? extends Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(
                    certificates.toString().getBytes(StandardCharsets.ISO_8859_1)));
    return chain.toArray(Certificate[]::new);
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher found = PRIVATE_KEY.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException("holds no private key");
    }
    if (!found.group(1).isEmpty()) {
      throw new IllegalArgumentException(
          "holds a private key of a form unknown here; openssl pkcs8 -topk8 -nocrypt converts it");
    }
    PKCS8EncodedKeySpec key =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(2)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (InvalidKeySpecException e) {
        // Not of this algorithm; perhaps of the next.
      }
    }
    throw new IllegalArgumentException("holds a private key of an unknown algorithm");
  }
}
