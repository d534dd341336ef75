package io.gb.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class IdentityTest {

  private static final Instant FROM = Instant.parse("2026-11-27T10:20:30Z");
  private static final Instant UNTIL = Instant.parse("2049-12-31T23:59:59Z");

  private static Identity selfSigned(String... addresses) {
    List<InetAddress> list = new ArrayList<>();
    for (String address : addresses) {
      list.add(InetAddress.ofLiteral(address));
    }
    return Identity.selfSigned(list, FROM, UNTIL);
  }

  @Test
  void aSelfSignedCertificateIsSignedWithItsOwnKeyAndNoOther() throws Exception {
    X509Certificate certificate = selfSigned().chain().getFirst();
    certificate.verify(certificate.getPublicKey());
    assertThatThrownBy(() -> certificate.verify(selfSigned().chain().getFirst().getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void aSelfSignedCertificateNamesLocalhostAndTheAddresses() throws Exception {
    X509Certificate certificate = selfSigned("127.0.0.1", "::1").chain().getFirst();
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    assertThat(names)
        .<Object>extracting(name -> name.get(1))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void aSelfSignedCertificateIsValidInItsTimeOnly() {
    X509Certificate certificate = selfSigned().chain().getFirst();
    assertThat(certificate.getNotBefore()).isEqualTo(Date.from(FROM));
    assertThat(certificate.getNotAfter()).isEqualTo(Date.from(UNTIL));
  }

  /** Random lengths of signatures and serial numbers are all encoded as DER wants. */
  @Test
  void noTwoSelfSignedCertificatesHaveTheSameSerialNumber() {
    Set<Object> serials = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      X509Certificate certificate = selfSigned("::1", "10.0.0.1", "10.0.0.2").chain().getFirst();
      assertThat(certificate.getSerialNumber()).isPositive();
      serials.add(certificate.getSerialNumber());
    }
    assertThat(serials).hasSize(50);
  }

  @Test
  void pemHoldsTheChainInItsOrderAndNoKey() throws Exception {
    Identity one = selfSigned();
    X509Certificate other = selfSigned().chain().getFirst();
    Identity both = new Identity(one.key(), List.of(one.chain().getFirst(), other));
    assertThat(both.pem()).startsWith("-----BEGIN CERTIFICATE-----\n").doesNotContain("KEY");
    assertThat(both.pem().lines()).allMatch(line -> line.length() <= 64);
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(both.pem().getBytes(US_ASCII))))
        .isEqualTo(both.chain());
  }

  @Test
  void anIdentityWithoutACertificateIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity(selfSigned().key(), List.of()))
        .withMessage("chain must hold at least one certificate");
  }
}
