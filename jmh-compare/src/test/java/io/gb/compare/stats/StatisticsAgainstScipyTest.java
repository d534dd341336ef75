package io.gb.compare.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table was computed by {@code src/test/scipy/cases.py}; its first line names the versions. */
class StatisticsAgainstScipyTest {

  private static final double RELATIVE = 1e-9;

  /** One line of the table. */
  record Case(
      String kind,
      List<Double> confidence,
      List<Double> first,
      List<Double> second,
      List<Double> expected) {

    static Case parse(String line) {
      String[] fields = line.split(",", -1);
      return new Case(
          fields[0],
          numbers(fields[1]),
          numbers(fields[2]),
          numbers(fields[3]),
          numbers(fields[4]));
    }

    private static List<Double> numbers(String text) {
      return text.isEmpty()
          ? List.of()
          : Arrays.stream(text.split(";", -1)).map(Double::parseDouble).toList();
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StatisticsAgainstScipyTest.class.getResourceAsStream("scipy.csv"))) {
      String text = new String(in.readAllBytes(), UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).skip(1).map(Case::parse);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oursAreScipys(Case expected) {
    List<Double> ours = compute(expected);
    assertThat(ours).hasSameSizeAs(expected.expected());
    for (int i = 0; i < ours.size(); i++) {
      double theirs = expected.expected().get(i);
      if (Double.isInfinite(theirs)) {
        assertThat(ours.get(i)).isEqualTo(theirs);
      } else {
        assertThat(ours.get(i)).isCloseTo(theirs, within(RELATIVE * Math.abs(theirs)));
      }
    }
  }

  @Test
  void thereAreCasesOfEachKind() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(200);
    assertThat(cases().collect(Collectors.groupingBy(Case::kind)))
        .containsOnlyKeys(
            "untied", "tied", "large", "median", "ratio", "student", "prior", "trend", "effective")
        .allSatisfy((kind, ofKind) -> assertThat(ofKind).hasSizeGreaterThan(25));
  }

  private static List<Double> compute(Case asked) {
    double[] first = array(asked.first());
    double[] second = array(asked.second());
    return switch (asked.kind()) {
      case "median" -> {
        Estimate median = Estimate.ofMedian(first, asked.confidence().get(0));
        yield List.of(median.median(), median.lower(), median.upper());
      }
      case "ratio" -> {
        Ratio ratio = Ratio.hodgesLehmann(first, second, asked.confidence().get(0)).orElseThrow();
        yield List.of(ratio.value(), ratio.lower(), ratio.upper());
      }
      case "student" -> {
        LogDifference difference = new LogDifference(first[0], new Variance(first[1], first[2]));
        Ratio ratio = difference.ratio(asked.confidence().get(0));
        yield List.of(difference.at(second[0]).p(), ratio.value(), ratio.lower(), ratio.upper());
      }
      case "prior" -> {
        List<Variance> rows = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
          rows.add(new Variance(first[i], second[i]));
        }
        Prior prior = Prior.of(rows).orElseThrow();
        Variance moderated = prior.moderate(rows.get(0));
        yield List.of(
            prior.variance().value(),
            prior.variance().freedom(),
            moderated.value(),
            moderated.freedom());
      }
      case "trend" -> List.of(Iterations.trend(first));
      case "effective" -> List.of(Iterations.effective(first));
      default -> List.of(MannWhitney.test(first, second).p());
    };
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
