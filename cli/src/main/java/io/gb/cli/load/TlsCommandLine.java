package io.gb.cli.load;

import io.gb.harness.http.CipherSuites;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the values of {@code -f} and {@code -Z}, which use OpenSSL's names. */
final class TlsCommandLine {

  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

  private TlsCommandLine() {}

  /**
   * Reads the protocol of {@code -f}.
   *
   * @return the JDK's names of the versions to offer, empty for all it offers by itself
   * @throws IllegalArgumentException with what is wrong
   */
  static List<String> protocols(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "ALL" -> List.of();
      case "TLS1.2" -> List.of("TLSv1.2");
      case "TLS1.3" -> List.of("TLSv1.3");
      case "SSL2", "SSL3", "TLS1", "TLS1.1" ->
          throw new IllegalArgumentException(
              "Java does not speak it any more; TLS1.2, TLS1.3 or ALL");
      default -> throw new IllegalArgumentException("must be TLS1.2, TLS1.3 or ALL");
    };
  }

  /**
   * Reads the list of suites of {@code -Z}. As with OpenSSL, a list without suites of TLS 1.3 does
   * not exclude those.
   *
   * @return the JDK's names
   * @throws IllegalArgumentException with what is wrong
   */
  static List<String> cipherSuites(String text) {
    List<String> named =
        Arrays.stream(text.split("[:, ]+", -1))
            .map(name ->
                CipherSuites.jdkName(name)
                    .orElseThrow(
                        () -> new IllegalArgumentException("Java knows no cipher suite " + name)))
            .toList();
    boolean namesTls13 = named.stream().anyMatch(TLS_1_3::contains);
    return namesTls13 ? named : Stream.concat(named.stream(), TLS_1_3.stream()).toList();
  }
}
