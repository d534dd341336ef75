package io.gb.harness.http;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Translates the names of cipher suites between the JDK, which has the IANA's, and OpenSSL, whose
 * names ab uses.
 */
public final class CipherSuites {

  private static final String KEY_EXCHANGE_END = "_WITH_";

  private CipherSuites() {}

  /**
   * Returns the OpenSSL name of a suite.
   *
   * @param suite the JDK's name, for example TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
   * @return for example ECDHE-RSA-AES256-GCM-SHA384
   */
  public static String openSslName(String suite) {
    int end = suite.indexOf(KEY_EXCHANGE_END);
    if (end < 0) {
      return suite; // From TLS 1.3 on, the names are the same.
    }
    String keyExchange = suite.substring("TLS_".length(), end).replace('_', '-') + "-";
    String cipher =
        suite
            .substring(end + KEY_EXCHANGE_END.length())
            .replace("CHACHA20_POLY1305_SHA256", "CHACHA20_POLY1305")
            .replace("3DES_EDE_CBC", "DES_CBC3")
            .replaceFirst("^AES_(128|256)_", "AES$1_")
            .replaceFirst("^(AES[0-9]+)_CBC", "$1")
            .replace('_', '-');
    return keyExchange.equals("RSA-") ? cipher : keyExchange + cipher;
  }

  /**
   * Returns the JDK name of a suite.
   *
   * @param name the JDK or OpenSSL name of a suite
   * @return the JDK's name, or empty if the JDK does not support the suite
   */
  public static Optional<String> jdkName(String name) {
    try {
      return Arrays.stream(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
          .filter(suite -> suite.equals(name) || openSslName(suite).equals(name))
          .findFirst();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  /**
   * {@return the size of the key of a suite's cipher in bits, or 0 if the cipher is unknown}
   *
   * @param suite the JDK's name of the suite
   */
  public static int keyBits(String suite) {
    if (suite.contains("AES_256") || suite.contains("CHACHA20")) {
      return 256;
    }
    if (suite.contains("AES_128")) {
      return 128;
    }
    return suite.contains("3DES") ? 168 : 0;
  }
}
