package io.gb.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.command.CommandException;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates are made by the JDK's own keytool. */
@Timeout(120)
@NoThreadLeaks
class ClientCertificateTest {

  /** One file for each algorithm, for keytool takes its time. */
  private static final Map<String, String> PEMS = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keyAndCertificateComeFromOneFile(String algorithm) throws Exception {
    Path file = pem(algorithm);
    X509ExtendedKeyManager identity = (X509ExtendedKeyManager) ClientCertificate.load(file, null);
    assertThat(identity.getCertificateChain("client")).hasSize(1);
    assertThat(identity.getPrivateKey("client")).isNotNull();
  }

  @Test
  void fileWithoutAKeyIsTold() throws Exception {
    String text = Files.readString(pem("EC"));
    assertRefused(text.substring(0, text.indexOf("-----BEGIN PRIVATE")), "holds no private key");
  }

  @Test
  void fileWithoutACertificateIsTold() throws Exception {
    String text = Files.readString(pem("EC"));
    assertRefused(text.substring(text.indexOf("-----BEGIN PRIVATE")), "holds no certificate");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, of the form PKCS #1",
    "EC, of the form SEC 1",
    "ENCRYPTED, encrypted",
    "DSA, of another form"
  })
  void keyOfAnotherFormIsTold(String label, String form) throws Exception {
    String text = Files.readString(pem("RSA"));
    assertRefused(
        text.replace(" PRIVATE", " " + label + " PRIVATE"),
        "holds a private key that is "
            + form
            + ", and PKCS #8 is needed; openssl pkcs8 -topk8 -nocrypt converts it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", ""})
  void keyAndCertificateMayComeFromPkcs12(String password) throws Exception {
    Path file = pkcs12(password, "client");
    Path passwordFile =
        password.isEmpty() ? null : Files.writeString(folder.resolve("pw"), password + "\nx\n");
    X509ExtendedKeyManager identity =
        (X509ExtendedKeyManager) ClientCertificate.load(file, passwordFile);
    assertThat(identity.getCertificateChain("client")).hasSize(1);
    assertThat(identity.getPrivateKey("client")).isNotNull();
  }

  @Test
  void pkcs12OfAnotherPasswordIsToldWithoutThePassword() throws Exception {
    Path file = pkcs12("secret", "client");
    Path passwordFile = Files.writeString(folder.resolve("pw"), "wrong");
    for (Path given : Arrays.asList(null, passwordFile)) {
      assertThatThrownBy(() -> ClientCertificate.load(file, given))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "-E "
                  + file
                  + ": has another password; --certificate-password-file names a file with it");
    }
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> ClientCertificate.load(file, missing))
        .isInstanceOf(CommandException.class)
        .hasMessage("--certificate-password-file " + missing + ": no such file");
  }

  @Test
  void pkcs12HoldsOneKey() throws Exception {
    Path two = pkcs12("", "one", "other");
    assertThatThrownBy(() -> ClientCertificate.load(two, null))
        .hasMessage("-E " + two + ": holds 2 private keys");
    Path none = pkcs12("");
    assertThatThrownBy(() -> ClientCertificate.load(none, null))
        .hasMessage("-E " + none + ": holds no private key");
  }

  @Test
  void pkcs12HoldsACertificateToo() throws IOException {
    // Made by: openssl pkcs12 -export -nocerts -passout pass:
    String keyAlone =
        """
        MIIBfgIBAzCCATQGCSqGSIb3DQEHAaCCASUEggEhMIIBHTCCARkGCSqGSIb3DQEHAaCCAQoEggEGMIIBAjCB
        /wYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECIrzNohSCAGrAgII
        ADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQ+Nj8W38OcTALIaovsj2noQSBkDoK01GHYvktLXg8kO86
        ps7hzNQ5D9V9LOYEOR7kjh+pTk90fSzV5/XjNihEKe9p/j/Hj720TPlXIfyamVzQJuot8QB/ga/UisUarIfF
        ykxVnyCsYK4XCQ4GT2CTFgTagu7GTWgNifDiAhr96LkoEAu7xL0gSGntonULwD5NSHP9x/f4z6u+kqNYosi1
        j+a3YjBBMDEwDQYJYIZIAWUDBAIBBQAEIBM9MkWOchXg6D2ypbdN/W1ZQnnsZaLNGjrKW3Yu4NcHBAgTXRTT
        jU7X0wICCAA=
        """;
    Path file = folder.resolve("key.p12");
    Files.write(file, Base64.getMimeDecoder().decode(keyAlone.strip()));
    assertThatThrownBy(() -> ClientCertificate.load(file, null))
        .isInstanceOf(CommandException.class)
        .hasMessage("-E " + file + ": holds no certificate beside the private key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no certificate", "0\u0082"})
  void whatIsNeitherPemNorPkcs12IsTold(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("garbage"), text, ISO_8859_1);
    assertThatThrownBy(() -> ClientCertificate.load(file, null))
        .isInstanceOf(CommandException.class)
        .hasMessage("-E " + file + ": neither PEM nor PKCS #12");
  }

  /** A file with the same key and certificate under each of these names. */
  private Path pkcs12(String password, String... names) throws Exception {
    X509ExtendedKeyManager identity =
        (X509ExtendedKeyManager) ClientCertificate.load(pem("EC"), null);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    for (String name : names) {
      keys.setKeyEntry(
          name,
          identity.getPrivateKey("client"),
          password.toCharArray(),
          identity.getCertificateChain("client"));
    }
    Path file = folder.resolve("client.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      keys.store(out, password.toCharArray());
    }
    return file;
  }

  /** Java would send none, and the server's refusals would be measured. */
  @ParameterizedTest
  @CsvSource({"EC, RSA", "RSA, EC"})
  void aKeyOfAnotherCertificateIsTold(String key, String certificate) throws Exception {
    String keyed = Files.readString(pem(key));
    String certified = Files.readString(pem(certificate));
    assertRefused(
        certified.substring(0, certified.indexOf("-----BEGIN PRIVATE"))
            + keyed.substring(keyed.indexOf("-----BEGIN PRIVATE")),
        "the private key is not that of the first certificate");
    KeyPair other = KeyPairGenerator.getInstance("EC").generateKeyPair();
    String text = Files.readString(pem("EC"));
    assertRefused(
        text.substring(0, text.indexOf("-----BEGIN PRIVATE"))
            + block(
                "PRIVATE KEY",
                Base64.getMimeEncoder().encodeToString(other.getPrivate().getEncoded())),
        "the private key is not that of the first certificate");
  }

  @Test
  void missingFileIsTold() {
    assertThatThrownBy(() -> ClientCertificate.load(folder.resolve("missing"), null))
        .isInstanceOf(CommandException.class)
        .hasMessage("-E " + folder.resolve("missing") + ": no such file");
  }

  @Test
  void garbageIsTold() throws IOException, GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    String key = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
    Path file =
        Files.writeString(
            folder.resolve("garbage"),
            block("CERTIFICATE", "bm90IGEgY2VydGlmaWNhdGU=") + block("PRIVATE KEY", key));
    assertThatThrownBy(() -> ClientCertificate.load(file, null))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("-E " + file + ": ");
  }

  private void assertRefused(String text, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("broken"), text);
    assertThatThrownBy(() -> ClientCertificate.load(file, null))
        .isInstanceOf(CommandException.class)
        .hasMessage("-E " + file + ": " + why);
  }

  private Path pem(String algorithm) throws Exception {
    String pem = PEMS.get(algorithm);
    if (pem == null) {
      pem = newPem(algorithm);
      PEMS.put(algorithm, pem);
    }
    return Files.writeString(folder.resolve("client.pem"), pem);
  }

  private String newPem(String algorithm) throws Exception {
    Path store = folder.resolve(algorithm + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        "client",
        "-keyalg",
        algorithm,
        "-keysize",
        switch (algorithm) {
          case "RSA" -> "2048"; // The default takes seconds to find.
          case "EC" -> "256";
          default -> "255";
        },
        "-dname",
        "CN=client",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "secret",
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    Base64.Encoder encoder = Base64.getMimeEncoder();
    String certificate = encoder.encodeToString(keys.getCertificate("client").getEncoded());
    String key = encoder.encodeToString(keys.getKey("client", "secret".toCharArray()).getEncoded());
    return block("CERTIFICATE", certificate) + block("PRIVATE KEY", key);
  }

  private static String block(String label, String base64) {
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
