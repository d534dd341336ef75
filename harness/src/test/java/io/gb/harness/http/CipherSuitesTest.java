package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NoThreadLeaks
class CipherSuitesTest {

  @ParameterizedTest
  @CsvSource({
    "TLS_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384, 256",
    "TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256, 128",
    "TLS_CHACHA20_POLY1305_SHA256, TLS_CHACHA20_POLY1305_SHA256, 256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, ECDHE-RSA-AES256-GCM-SHA384, 256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-ECDSA-CHACHA20-POLY1305, 256",
    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA, DHE-RSA-AES128-SHA, 128",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, ECDHE-RSA-AES128-SHA256, 128"
  })
  void suitesHaveTwoNames(String jdk, String openSsl, int bits) {
    assertThat(CipherSuites.openSslName(jdk)).isEqualTo(openSsl);
    assertThat(CipherSuites.jdkName(openSsl)).contains(jdk);
    assertThat(CipherSuites.jdkName(jdk)).contains(jdk);
    assertThat(CipherSuites.keyBits(jdk)).isEqualTo(bits);
  }

  @Test
  void rsaKeyExchangeGoesWithoutSaying() {
    assertThat(CipherSuites.openSslName("TLS_RSA_WITH_AES_256_CBC_SHA256"))
        .isEqualTo("AES256-SHA256");
  }

  @Test
  void unknownNamesAreToldApart() {
    assertThat(CipherSuites.jdkName("HIGH")).isEmpty();
    assertThat(CipherSuites.keyBits("TLS_NULL")).isZero();
  }
}
