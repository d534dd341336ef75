package io.gb.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.command.CommandException;
import io.gb.harness.BenchmarkConfig;
import io.gb.leaks.junit.NoThreadLeaks;
import java.net.URI;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class LimitsTest {

  @Test
  void asManyDescriptorsAsThereAreWillDo() {
    assertThatCode(() -> Limits.checkDescriptors(918, 1, 50, 1000)).doesNotThrowAnyException();
    assertThatCode(() -> Limits.checkDescriptors(20_000, 2, 50, -1)).doesNotThrowAnyException();
  }

  @Test
  void someDescriptorsAreSparedForTheJvm() {
    assertThatThrownBy(() -> Limits.checkDescriptors(919, 1, 50, 1000))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void tooFewDescriptorsAreToldWithTheArithmetic() {
    assertThatThrownBy(() -> Limits.checkDescriptors(500, 2, 50, 1000))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "-c 500: needs 1000 file descriptors beside the 50 in use and 32 to spare, and ulimit"
                + " -n is 1000");
  }

  @Test
  void enoughPortsAreNotMentioned() {
    assertThat(Limits.portWarning(config(1000, 1, false), 1000)).isEmpty();
    assertThat(Limits.portWarning(config(1_000_000, 1000, true), 1000)).isEmpty();
  }

  @Test
  void withoutKeepAliveEachRequestNeedsAPort() {
    assertThat(Limits.portWarning(config(28_233, 1, false), 28_232))
        .contains(
            "without -k, 28233 requests need as many connections, and there are 28232 local ports;"
                + " a closed one can stay taken for 60 s, so that more than 470 connections a"
                + " second may fail");
  }

  @Test
  void withKeepAliveEachConnectionNeedsAPort() {
    assertThat(Limits.portWarning(config(5000, 1001, true), 1000))
        .contains("-c 1001 needs as many local ports, and there are 1000");
  }

  private static BenchmarkConfig config(long requests, int concurrency, boolean keepAlive) {
    return BenchmarkConfig.builder(URI.create("http://h/"))
        .requests(requests)
        .concurrency(concurrency)
        .keepAlive(keepAlive)
        .build();
  }
}
