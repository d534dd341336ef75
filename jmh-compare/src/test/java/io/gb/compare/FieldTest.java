package io.gb.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.compare.jmh.JmhFormatException;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import io.gb.compare.report.Format;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of results, made up after those that misled people, with the right answers. */
class FieldTest {

  @ParameterizedTest
  @CsvSource({
    "gate-onefork, time<=+5%, UNDECIDED",
    "gate-onefork, time<=+5%!, MISSED",
    "gate-gone, time<=+5% for encode, MISSED",
    "gate-gone, time<=+5% for other, HELD",
    "strict-added, time<=+5%, HELD",
    "strict-added, time<=+5%! for added, HELD",
    "profgc-plain, time<=+5%, MISSED",
    "profgc-gc, time<=+5%, MISSED",
    "churn, gc.churn.G1_Eden_Space.norm<=+0%, UNDECIDED",
    "wide, time<=+5%, UNDECIDED",
    "wide, time<=+5%!, MISSED",
    "wide, time<=+70%!, HELD"
  })
  void gatesDecideOnlyWhatIsShown(String pair, String gate, Outcome outcome) throws Exception {
    assertThat(GateResult.of(List.of(Gate.parse(gate)), pair(pair)))
        .isNotEmpty()
        .allMatch(result -> result.outcome() == outcome);
  }

  @Test
  void statedSpreadJudgesOneFork() throws Exception {
    Settings stated = new Settings(0.05, 0.95, 0.01, 4, OptionalDouble.of(0.03));
    Comparison comparison =
        Comparison.of(
            side("gate-onefork-base.json"),
            List.of(side("gate-onefork-new.json")),
            Selection.everything(),
            stated);
    assertThat(GateResult.of(List.of(Gate.parse("time<=+5%")), comparison))
        .allMatch(result -> result.outcome() == Outcome.MISSED);
  }

  @Test
  void oneForkNeverShowsASmallChange() throws Exception {
    Row row = pair("claim").rows().get(0);
    assertThat(row.verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(row.forksToDecide().orElseThrow()).isGreaterThan(10);
    assertThat(Format.HTML.render(pair("claim"), List.of(), UTF_8))
        .contains("if forks of the same code differ by no more than 5.0 %");
  }

  @Test
  void oneForkShowsWhatIsTwiceAsSlow() throws Exception {
    assertThat(pair("many").rows())
        .hasSize(10)
        .allMatch(row -> row.verdict() == Verdict.SLOWER)
        .allMatch(row -> row.marks().contains(Warning.Kind.ASSUMED));
  }

  @Test
  void derivedMetricsDoNotDiluteThePrimaryOne() throws Exception {
    List<Row> plain = pair("profgc-plain").rows();
    List<Row> withGc = pair("profgc-gc").rows();
    for (int i = 0; i < plain.size(); i++) {
      assertThat(withGc.get(i).adjustedP()).isEqualTo(plain.get(i).adjustedP());
      assertThat(withGc.get(i).verdict()).isEqualTo(Verdict.SLOWER);
    }
  }

  @Test
  void gatesOnDerivedMetricsDoNotOpenThatOnThePrimaryOne() throws Exception {
    List<Gate> gates =
        Stream.of("time<=+5%", "gc.alloc.rate<=+50%", "gc.count<=+50%", "gc.time<=+50%")
            .map(Gate::parse)
            .toList();
    assertThat(GateResult.of(gates, pair("profgc-gc")))
        .filteredOn(result -> result.metric().equals("time"))
        .hasSize(3)
        .allMatch(result -> result.outcome() == Outcome.MISSED);
  }

  @Test
  void churnIsNoisyAndItsZerosCount() throws Exception {
    Row churn =
        pair("churn").rows().stream()
            .filter(row -> row.key().metric().startsWith("gc.churn"))
            .findFirst()
            .orElseThrow();
    assertThat(churn.base().median()).isZero();
    assertThat(churn.verdict()).isEqualTo(Verdict.NOT_SHOWN);
  }

  @Test
  void equalDurationsAreEqual() throws Exception {
    assertThat(pair("duration").warnings()).isEmpty();
  }

  @Test
  void whatIsOnOneSideHasALineWithItsValue() throws Exception {
    assertThat(Format.TEXT.render(pair("strict-added"), List.of(), UTF_8))
        .containsPattern("(?m)^Codec\\.added +99\\.99 +±  1% +ADDED$");
    assertThat(Format.TEXT.render(pair("gate-gone"), List.of(), UTF_8))
        .containsPattern("(?m)^Codec\\.encode +100\\.1 +±  1% +GONE$");
  }

  @Test
  void commasAtTheEndAndBareNanAreRead() throws Exception {
    assertThat(side("trailing-comma.json").results()).hasSize(1);
    assertThat(side("bare-nan.json").results()).hasSize(1);
  }

  @Test
  void otherOutputsAreNamed() {
    assertThatThrownBy(() -> side("csv.csv"))
        .isInstanceOf(JmhFormatException.class)
        .hasMessageEndingWith(
            "csv.csv: is JMH's text or CSV output, which lacks the scores of the forks; run JMH"
                + " with -rf json");
  }

  @Test
  void variantsWithinOneFileAreCompared() throws Exception {
    List<Side> sides = side("variants.json").byParameter("impl");
    assertThat(sides).extracting(Side::name).containsExactly("impl=old", "impl=new");
    Row row = Sides.compare(sides.get(0), sides.get(1)).rows().get(0);
    assertThat(row.verdict()).isEqualTo(Verdict.FASTER);
    assertThat(row.id().params()).isEmpty();
    assertThat(side("variants.json").byParameter("size")).isEmpty();
  }

  private static Comparison pair(String name) throws IOException, URISyntaxException {
    return Sides.compare(side(name + "-base.json"), side(name + "-new.json"));
  }

  private static Side side(String name) throws IOException, URISyntaxException {
    Path file =
        Path.of(Objects.requireNonNull(FieldTest.class.getResource("field/" + name), name).toURI());
    return Side.read(name, List.of(file));
  }
}
