package io.gb.compare;

import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gb.compare.Row.Method;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import io.gb.compare.report.Format;
import io.gb.compare.stats.Ratio;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInfo;

/** What must hold of bytes and counts whatever they are; each repetition names its seed. */
class ExactPropertyTest {

  private static final String METRIC = "measured";
  private static final Set<Verdict> NOTHING = Set.of(Verdict.SAME, Verdict.BELOW_FLOOR);

  private Random random = new Random();
  private String seed = "";

  @RepeatedTest(100)
  void swappedSidesInvertTheRatioAndMirrorTheVerdict(TestInfo info) {
    seed(info);
    String unit = unit();
    List<double[]> base = forks(unit);
    List<double[]> contender = forks(unit);
    Row there = row(unit, base, contender, Settings.defaults());
    Row back = row(unit, contender, base, Settings.defaults());
    assertThat(back.verdict()).as(seed).isEqualTo(mirrored(there.verdict()));
    assertThat(back.shown()).as(seed).isEqualTo(there.shown());
    assertThat(back.method()).as(seed).isEqualTo(there.method());
    assertThat(back.marks()).as(seed).isEqualTo(there.marks());
    assertThat(back.base()).as(seed).isEqualTo(there.contender());
    assertThat(back.ratio().isPresent()).as(seed).isEqualTo(there.ratio().isPresent());
    if (there.ratio().isPresent()) {
      double inverse = 1 / there.ratio().get().value();
      assertThat(back.ratio().orElseThrow().value())
          .as(seed)
          .isCloseTo(inverse, withinPercentage(1e-9));
    }
  }

  @RepeatedTest(100)
  void anotherScaleChangesNothingElse(TestInfo info) {
    seed(info);
    String unit = unit();
    List<double[]> base = forks(unit);
    List<double[]> contender = forks(unit);
    Settings usual = Settings.defaults();
    Settings larger = new Settings(usual.level(), usual.confidence(), usual.sameWithin(), 1024 * 4);
    Row plain = row(unit, base, contender, usual);
    Row scaled = row(unit, scaled(base), scaled(contender), larger);
    assertThat(scaled.verdict()).as(seed).isEqualTo(plain.verdict());
    assertThat(scaled.ratio()).as(seed).isEqualTo(plain.ratio());
    assertThat(scaled.shown()).as(seed).isEqualTo(plain.shown());
    assertThat(scaled.marks()).as(seed).isEqualTo(plain.marks());
    assertThat(scaled.base().median()).as(seed).isEqualTo(1024 * plain.base().median());
  }

  @RepeatedTest(50)
  void aSideAgainstItselfIsOneAndATilde(TestInfo info) {
    seed(info);
    String unit = unit();
    List<double[]> forks = forks(unit);
    Comparison comparison = comparison(unit, forks, forks, Settings.defaults());
    Row row = comparison.rows().get(0);
    assertThat(row.ratio()).as(seed).isEqualTo(Optional.of(new Ratio(1, 1, 1)));
    assertThat(row.shown()).as(seed).isFalse();
    assertThat(row.verdict()).as(seed).isIn(Verdict.SAME, Verdict.BELOW_FLOOR, Verdict.NOT_SHOWN);
    assertThat(Format.TEXT.render(comparison, List.of(), StandardCharsets.UTF_8))
        .as(seed)
        .contains("  ~  (exact n=");
  }

  /** What counts as nothing still does where more may. */
  @RepeatedTest(100)
  void aLargerFloorOrShareNeverMakesMoreOfAChange(TestInfo info) {
    seed(info);
    List<double[]> base = forks("B/op");
    List<double[]> contender = forks("B/op");
    double share = random.nextInt(3) / 100.0;
    double floor = random.nextInt(6);
    Row strict = row("B/op", base, contender, new Settings(0.05, 0.95, share, floor));
    Row wide = row("B/op", base, contender, new Settings(0.05, 0.95, share, floor + 3));
    Row wider = row("B/op", base, contender, new Settings(0.05, 0.95, share + 0.01, floor));
    if (strict.method() == Method.EXACT && NOTHING.contains(strict.verdict())) {
      assertThat(wide.verdict()).as(seed).isIn(NOTHING);
      assertThat(wider.verdict()).as(seed).isIn(NOTHING);
    }
    if (strict.method() == Method.EXACT && strict.verdict() == Verdict.SAME) {
      assertThat(wider.verdict()).as(seed).isEqualTo(Verdict.SAME);
    }
  }

  @RepeatedTest(100)
  void aGateThatAllowsMoreIsNeverMissedMore(TestInfo info) {
    seed(info);
    List<double[]> base = forks("B/op");
    Comparison comparison = comparison("B/op", base, forks("B/op"), Settings.defaults());
    List<Boolean> missed =
        Stream.of("+0%,0B", "+0%,1B", "+0%", "+0%,8B", "+1%,8B", "+10%,8B", "+10%,2000000000B")
            .map(limit -> Gate.parse(METRIC + "<=" + limit))
            .map(gate -> GateResult.of(List.of(gate), comparison).get(0).outcome())
            .map(outcome -> outcome == Outcome.MISSED)
            .toList();
    List<Boolean> sorted = new ArrayList<>(missed);
    sorted.sort(Collections.reverseOrder());
    assertThat(missed).as(seed).isEqualTo(sorted);
    assertThat(missed.get(missed.size() - 1)).as(seed).isFalse();
  }

  @RepeatedTest(100)
  void theOrderOfForksAndIterationsDoesNotMatter(TestInfo info) {
    seed(info);
    String unit = unit();
    List<double[]> base = forks(unit);
    List<double[]> contender = forks(unit);
    Row row = row(unit, base, contender, Settings.defaults());
    assertThat(row(unit, shuffled(base), shuffled(contender), Settings.defaults()))
        .as(seed)
        .usingRecursiveComparison()
        .ignoringFields("test")
        .isEqualTo(row);
  }

  private void seed(TestInfo info) {
    int number = info.getDisplayName().hashCode();
    seed = "seed " + number;
    random = new Random(number);
  }

  private String unit() {
    return List.of("B/op", "bytes", "threads", "objects", "leaks").get(random.nextInt(5));
  }

  /** One to six forks of up to three iterations; bytes with next to no noise, counts with some. */
  private List<double[]> forks(String unit) {
    boolean isBytes = unit.startsWith("B") || unit.equals("bytes");
    double[] levels = isBytes ? new double[] {0, 0.01, 24, 10_000, 1e9} : new double[] {0, 1, 10};
    double level = levels[random.nextInt(levels.length)] * (1 + random.nextInt(3) / 50.0);
    double noise = isBytes ? List.of(0.0, 0.001, 2.0).get(random.nextInt(3)) : 2;
    List<double[]> forks = new ArrayList<>();
    int n = 1 + random.nextInt(6);
    for (int fork = 0; fork < n; fork++) {
      double[] iterations = random.doubles(1 + random.nextInt(3)).toArray();
      Arrays.setAll(iterations, i -> level + noise * iterations[i]);
      forks.add(
          isBytes ? iterations : Arrays.stream(iterations).map(value -> (int) value).toArray());
    }
    return forks;
  }

  private List<double[]> shuffled(List<double[]> forks) {
    List<double[]> others = new ArrayList<>();
    for (double[] fork : forks) {
      List<Double> iterations = new ArrayList<>(Arrays.stream(fork).boxed().toList());
      Collections.shuffle(iterations, random);
      others.add(iterations.stream().mapToDouble(value -> value).toArray());
    }
    Collections.shuffle(others, random);
    return others;
  }

  private static List<double[]> scaled(List<double[]> forks) {
    // A power of two, so that nothing is rounded anew.
    return forks.stream()
        .map(fork -> Arrays.stream(fork).map(value -> 1024 * value).toArray())
        .toList();
  }

  private static Row row(
      String unit, List<double[]> base, List<double[]> contender, Settings settings) {
    return comparison(unit, base, contender, settings).rows().get(0);
  }

  private static Comparison comparison(
      String unit, List<double[]> base, List<double[]> contender, Settings settings) {
    return Comparison.of(
        side("base", measured(unit, base)),
        List.of(side("new", measured(unit, contender))),
        Selection.everything(),
        settings);
  }

  private static JmhResult measured(String unit, List<double[]> forks) {
    return result("a", Mode.AVERAGE_TIME, new JmhMetric(METRIC, unit, 1, forks));
  }

  private static Verdict mirrored(Verdict verdict) {
    return switch (verdict) {
      case MORE -> Verdict.LESS;
      case LESS -> Verdict.MORE;
      default -> verdict;
    };
  }
}
