package io.gb.compare;

import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static io.gb.compare.Sides.spread;
import static io.gb.compare.Sides.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time<=+5%|100|104|true",
        "time<=+5%|100|106|false",
        "time<=5%|100|106|false",
        "time<=+5%|100|80|true",
        "time>=-5%|100|80|false",
        "time<=+0%|100|103|false",
        "time<=+5%,10ns|100|108|true",
        "time<=+5%, 10 ns/op|100|112|false",
        "time<=+5% for Codec|100|106|false"
      })
  void timeIsHeldAgainstItsLimit(String gate, double base, double contender, boolean passes) {
    assertThat(
            passes(gate, time("a", spread(base, 1e-4, 6)), time("a", spread(contender, 1e-4, 6))))
        .isEqualTo(passes);
  }

  /** 100 to 95 operations are 5.3 % more time, 100 to 96 are 4.2 %. */
  @ParameterizedTest
  @CsvSource({"96, true", "95, false", "120, true"})
  void throughputIsHeldAgainstALimitOfTime(double contender, boolean passes) {
    assertThat(
            passes(
                "time<=+5%",
                throughput(spread(100, 1e-4, 6)), throughput(spread(contender, 1e-4, 6))))
        .isEqualTo(passes);
    assertThat(
            passes(
                "throughput>=-4.5%",
                throughput(spread(100, 1e-4, 6)), throughput(spread(contender, 1e-4, 6))))
        .isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "1064, true", "1072, false", "500, true"})
  void bytesMayGrowByTheFloor(double contender, boolean passes) {
    assertThat(passes("gc.alloc.rate.norm<=+0%,64B", bytes(1000), bytes(contender)))
        .isEqualTo(passes);
  }

  @Test
  void throughputThatFallsToNothingIsSeen() {
    assertThat(passes("time<=+5%", throughput(spread(100, 1e-4, 6)), throughput(new double[6])))
        .isFalse();
  }

  @Test
  void anIncreaseFromNothingIsSeen() {
    assertThat(passes("gc.alloc.rate.norm<=+50%", bytes(0), bytes(24))).isFalse();
  }

  @Test
  void aChangeThatIsNotShownPassesHoweverLarge() {
    assertThat(passes("time<=+5%", time("a", 100, 150, 90, 95), time("a", 130, 190, 91, 180)))
        .isTrue();
  }

  @Test
  void aGateForNoRowIsRefusedSinceItWouldNeverFail() {
    Comparison comparison = compare(side("base", bytes(1)), side("new", bytes(1)));
    for (String gate : List.of("leaks<=+0%", "gc.alloc.rate.norm<=+0% for Other")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GateResult.of(List.of(Gate.parse(gate)), comparison))
          .withMessage(gate + ": no row is for this gate");
    }
  }

  @Test
  void aFloorInAnotherUnitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> passes("time<=+0%,64B", time("a", 1), time("a", 1)))
        .withMessageContaining("the floor must be in the unit of org.sample.Codec.a, ns/op");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "time",
        "time<5%",
        "time<=5",
        "<=5%",
        "time<=+5%,",
        "time<=-5%",
        "time>=+5%",
        "time<=+5% for (",
        "time<=+5%,-3B"
      })
  void whatIsNoGateIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Gate.parse(text));
  }

  @Test
  void aFileHasAGateInEachLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gates"),
            "# what must hold\n\ntime<=+5%\n gc.alloc.rate.norm<=+0%,64B for Codec\n");
    assertThat(Gate.readFile(file).stream().map(Gate::text))
        .containsExactly("time<=+5%", "gc.alloc.rate.norm<=+0%,64B for Codec");
    Files.writeString(file, "time<=+5%\ntime=3\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gate.readFile(file))
        .withMessageStartingWith(file + ":2: time=3: not a gate");
    Path none = folder.resolve("none");
    assertThatIOException()
        .isThrownBy(() -> Gate.readFile(none))
        .withMessage(none + ": no such file");
  }

  private static boolean passes(String gate, JmhResult base, JmhResult contender) {
    Comparison comparison = compare(side("base", base), side("new", contender));
    List<GateResult> results = GateResult.of(List.of(Gate.parse(gate)), comparison);
    assertThat(results).hasSize(1);
    return results.getFirst().passed();
  }

  private static JmhResult throughput(double... forks) {
    return result("a", Mode.THROUGHPUT, metric("throughput", "ops/s", forks));
  }

  private static JmhResult bytes(double value) {
    return result(
        "a", Mode.AVERAGE_TIME, metric("gc.alloc.rate.norm", "B/op", value, value, value));
  }
}
