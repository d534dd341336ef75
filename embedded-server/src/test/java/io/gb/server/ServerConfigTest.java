package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.tls.Identity;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

@NoThreadLeaks(ignoreNames = "junit-jupiter-timeout-watcher")
class ServerConfigTest {

  @Test
  void loopbackAsksForAFreePortOfTheLoopbackAddress() {
    ServerConfig config = ServerConfig.loopback();
    assertThat(config.address().isLoopbackAddress()).isTrue();
    assertThat(config.port()).isZero();
    assertThat(config.ioThreads()).isPositive();
  }

  @Test
  void withersChangeOneValueEach() {
    InetAddress any = InetAddress.ofLiteral("0.0.0.0");
    ServerConfig config = ServerConfig.loopback().withAddress(any).withPort(8080).withIoThreads(3);
    assertThat(config).isEqualTo(new ServerConfig(any, 8080, 3, false, null));
  }

  @Test
  void portsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerConfig.loopback().withPort(65_536))
        .withMessage("port must be 0 to 65535: 65536");
    assertThatIllegalArgumentException().isThrownBy(() -> ServerConfig.loopback().withPort(-1));
  }

  @Test
  void aServerWithoutIoThreadsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerConfig.loopback().withIoThreads(0))
        .withMessage("ioThreads must be at least 1: 0");
  }

  @Test
  void httpsIsAskedForWithOrWithoutACertificate() {
    Identity identity = Identity.selfSigned(Set.of(), Instant.EPOCH, Instant.EPOCH);
    ServerConfig http = ServerConfig.loopback();
    assertThat(http.https()).isFalse();
    assertThat(http.withHttps().https()).isTrue();
    assertThat(http.withHttps().identity()).isNull();
    assertThat(http.withHttps(identity).withPort(1).identity()).isEqualTo(identity);
    assertThat(http.withHttps(identity).withHttps().identity()).isNull();
  }

  @Test
  void aCertificateWithoutHttpsIsRefused() {
    ServerConfig config = ServerConfig.loopback();
    Identity identity = Identity.selfSigned(Set.of(), Instant.EPOCH, Instant.EPOCH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerConfig(config.address(), 0, 1, false, identity))
        .withMessage("identity is for https only");
  }
}
