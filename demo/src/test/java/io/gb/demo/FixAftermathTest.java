package io.gb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.LeakReport;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fix leaves nothing behind. */
@Timeout(120)
class FixAftermathTest {

  private static Site site;

  @BeforeAll
  static void open() throws IOException {
    site = new Site();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNCLOSED", "ABANDONED_RESULT", "IDLE_CONNECTIONS"})
  void nothingIsLeft(Variant fix) throws Exception {
    assertThat(fix.leaks()).isFalse();
    Aftermath aftermath = site.run(fix, ThreadKind.VIRTUAL);
    LeakReport report = aftermath.report();
    assertThat(Site.names(aftermath)).isEmpty();
    assertThat(report.proven()).isEmpty();
    assertThat(report.leakedBytes()).isZero();
    site.assertConnectionsLeft(0);
  }
}
