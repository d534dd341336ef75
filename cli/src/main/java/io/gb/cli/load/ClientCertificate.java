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
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's certificate chain and private key from one file: PEM, as ab's {@code -E} does,
 * or PKCS #12.
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
  private static final String NEITHER = "neither PEM nor PKCS #12";

  private record Identity(PrivateKey key, List<Certificate> chain) {}

  private ClientCertificate() {}

  /**
   * Reads the file.
   *
   * @param passwordFile its first line is the password of a PKCS #12 file; null for an empty one
   * @throws CommandException if a file cannot be read, or lacks one of them
   */
  static KeyManager load(Path file, @Nullable Path passwordFile) {
    char[] password = passwordFile == null ? NO_PASSWORD : password(passwordFile);
    try {
      byte[] bytes = Files.readAllBytes(file);
      String pem = new String(bytes, StandardCharsets.ISO_8859_1);
      Identity identity =
          pem.contains("-----BEGIN ")
              ? new Identity(privateKey(pem), chain(pem))
              : fromPkcs12(bytes, password);
      checkPair(identity.key(), identity.chain().getFirst());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          ALIAS, identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      return new Insistent((X509ExtendedKeyManager) managers.getKeyManagers()[0]);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw CommandException.failed("-E " + file + ": " + Messages.ofFile(e));
    }
  }

  private static char[] password(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    } catch (IOException e) {
      throw CommandException.failed(
          "--certificate-password-file " + file + ": " + Messages.ofFile(e));
    }
  }

  private static Identity fromPkcs12(byte[] bytes, char[] password)
      throws IOException, GeneralSecurityException {
    if (bytes.length == 0) {
      // Java takes it for a store without entries.
      throw new IllegalArgumentException(NEITHER);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "has another password; --certificate-password-file names a file with it"
              : NEITHER,
          e);
    }
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          keys.isEmpty() ? "holds no private key" : "holds " + keys.size() + " private keys");
    }
    Certificate @Nullable [] chain = store.getCertificateChain(keys.getFirst());
    if (chain == null) {
      throw new IllegalArgumentException("holds no certificate beside the private key");
    }
    return new Identity((PrivateKey) store.getKey(keys.getFirst(), password), List.of(chain));
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

  private static List<Certificate> chain(String pem) throws GeneralSecurityException {
    StringBuilder certificates = new StringBuilder();
    CERTIFICATE
        .matcher(pem)
        .results()
        .forEach(found -> certificates.append(found.group()).append('\n'));
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("holds no certificate");
    }
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(
                    certificates.toString().getBytes(StandardCharsets.ISO_8859_1))));
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher found = PRIVATE_KEY.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException("holds no private key");
    }
    String form =
        switch (found.group(1)) {
          case "" -> "";
          case "ENCRYPTED " -> "encrypted";
          case "RSA " -> "of the form PKCS #1";
          case "EC " -> "of the form SEC 1";
          default -> "of another form";
        };
    if (!form.isEmpty()) {
      throw new IllegalArgumentException(
          "holds a private key that is "
              + form
              + ", and PKCS #8 is needed; openssl pkcs8 -topk8 -nocrypt converts it");
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
