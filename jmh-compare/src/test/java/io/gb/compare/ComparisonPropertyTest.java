package io.gb.compare;

import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import io.gb.compare.stats.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInfo;

/** What must hold whatever the scores are; each repetition draws its own and names its seed. */
class ComparisonPropertyTest {

  private static final double EXACTNESS = 1e-12;

  private SplittableRandom random = new SplittableRandom();
  private long seed;

  @RepeatedTest(200)
  void swappedSidesInvertTheRatioAndKeepP(TestInfo info) {
    seed(info);
    Row there = row(base(), contender());
    seed(info);
    JmhResult base = base();
    Row back = row(contender(), base);
    assertThat(back.p().orElseThrow()).as("seed %s", seed).isEqualTo(there.p().orElseThrow());
    Ratio ratio = there.ratio().orElseThrow();
    Ratio inverse = back.ratio().orElseThrow();
    assertThat(inverse.value()).isCloseTo(1 / ratio.value(), within(EXACTNESS));
    assertThat(inverse.isBounded()).isEqualTo(ratio.isBounded());
    if (ratio.isBounded()) {
      assertThat(inverse.lower()).isCloseTo(1 / ratio.upper(), within(EXACTNESS));
      assertThat(inverse.upper()).isCloseTo(1 / ratio.lower(), within(EXACTNESS));
    }
    assertThat(back.verdict()).isEqualTo(mirrored(there.verdict()));
  }

  @RepeatedTest(200)
  void anotherUnitChangesNothingElse(TestInfo info) {
    seed(info);
    double[] base = draw(1);
    double[] contender = draw(1.1);
    Row nanos = row(time("ns/op", base, 1), time("ns/op", contender, 1));
    Row micros = row(time("us/op", base, 1), time("us/op", contender, 1));
    assertThat(micros.key().unit().text()).isEqualTo("us/op");
    // A power of two, so that the scores themselves are not rounded anew.
    Row scaled = row(time("ns/op", base, 1024), time("ns/op", contender, 1024));
    for (Row other : List.of(micros, scaled)) {
      assertThat(other.p()).as("seed %s", seed).isEqualTo(nanos.p());
      assertThat(other.ratio()).isEqualTo(nanos.ratio());
      assertThat(other.verdict()).isEqualTo(nanos.verdict());
      assertThat(other.marks()).isEqualTo(nanos.marks());
    }
    assertThat(scaled.base().median()).isEqualTo(1024 * nanos.base().median());
    Row mixed = row(time("ns/op", base, 1), time("us/op", contender, 1.0 / 1024));
    assertThat(mixed.key().unit().text()).isEqualTo("ns/op");
    assertThat(mixed.contender().median())
        .isCloseTo(1000.0 / 1024 * nanos.contender().median(), withinPercentage(1e-9));
  }

  @RepeatedTest(100)
  void swappedSidesMirrorTheVerdictOfExactValuesAndOfIterations(TestInfo info) {
    seed(info);
    for (String unit : List.of("B/op", "threads", "ns/op")) {
      JmhResult base = few(unit);
      JmhResult contender = few(unit);
      Row there = row(base, contender);
      Row back = row(contender, base);
      assertThat(back.method()).as("seed %s, %s", seed, unit).isEqualTo(there.method());
      assertThat(back.p()).isEqualTo(there.p());
      assertThat(back.shown()).isEqualTo(there.shown());
      assertThat(back.verdict()).isEqualTo(mirrored(there.verdict()));
      Row same = row(base, base);
      assertThat(same.shown()).isFalse();
      assertThat(same.verdict()).isIn(Verdict.NOT_SHOWN, Verdict.SAME, Verdict.BELOW_FLOOR);
    }
  }

  /** One to five forks of up to three iterations, with values that often tie. */
  private JmhResult few(String unit) {
    List<double[]> forks = new ArrayList<>();
    int n = 1 + random.nextInt(5);
    for (int fork = 0; fork < n; fork++) {
      forks.add(random.doubles(1 + random.nextInt(3)).map(x -> Math.rint(20 * x)).toArray());
    }
    return result("a", Mode.AVERAGE_TIME, new JmhMetric("time", unit, 1, forks));
  }

  @RepeatedTest(200)
  void aSideAgainstItselfIsOneAndNothingIsShown(TestInfo info) {
    seed(info);
    JmhResult same = base();
    Row row = row(same, same);
    assertThat(row.ratio().orElseThrow().value()).as("seed %s", seed).isEqualTo(1.0);
    assertThat(row.p().orElseThrow()).isEqualTo(1.0);
    assertThat(row.shown()).isFalse();
    assertThat(row.verdict()).isIn(Verdict.NOT_SHOWN, Verdict.SAME);
  }

  private void seed(TestInfo info) {
    seed = info.getDisplayName().hashCode();
    random = new SplittableRandom(seed);
  }

  private JmhResult base() {
    return time("ns/op", draw(1), 1);
  }

  private JmhResult contender() {
    return time("ns/op", draw(1.1), 1);
  }

  private static Row row(JmhResult base, JmhResult contender) {
    return compare(side("base", base), side("new", contender)).rows().get(0);
  }

  private static JmhResult time(String unit, double[] scores, double factor) {
    double[] scaled = Arrays.stream(scores).map(score -> score * factor).toArray();
    return result("a", Mode.AVERAGE_TIME, metric("time", unit, scaled));
  }

  /** Scores around 100 times a factor; now and then with ties. */
  private double[] draw(double factor) {
    double[] scores = new double[4 + random.nextInt(30)];
    boolean coarse = random.nextInt(3) == 0;
    for (int i = 0; i < scores.length; i++) {
      double score = factor * 100 * Math.exp(0.05 * random.nextGaussian());
      scores[i] = coarse ? Math.rint(score / 4) * 4 : score;
    }
    return scores;
  }

  private static Verdict mirrored(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> Verdict.SLOWER;
      case SLOWER -> Verdict.FASTER;
      case MORE -> Verdict.LESS;
      case LESS -> Verdict.MORE;
      default -> verdict;
    };
  }
}
