package io.gb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.leaks.junit.NoThreadLeaks;
import java.net.InetAddress;
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
    assertThat(config).isEqualTo(new ServerConfig(any, 8080, 3));
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
}
