package io.gb.compare;

import io.gb.compare.stats.Holm;
import io.gb.compare.stats.MannWhitney;
import io.gb.compare.stats.UTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tests that are judged together. Holm's correction spans those of them that can show anything at
 * the level; the others would only make it harder for the rest (Tarone, 1990).
 */
final class Family {

  private final double level;
  private final double[] adjusted;
  private final int size;

  /** Corrects the tests, of which there may be none. */
  Family(List<UTest> tests, double level) {
    this.level = level;
    int[] able =
        IntStream.range(0, tests.size()).filter(i -> tests.get(i).smallestP() <= level).toArray();
    this.size = able.length;
    this.adjusted = tests.stream().mapToDouble(UTest::p).toArray();
    double[] corrected = Holm.adjust(Arrays.stream(able).mapToDouble(i -> adjusted[i]).toArray());
    for (int i = 0; i < able.length; i++) {
      adjusted[able[i]] = corrected[i];
    }
  }

  /** The corrected p of a test by its place in the list; p itself if it cannot show anything. */
  double adjustedP(int test) {
    return adjusted[test];
  }

  boolean shows(int test) {
    return adjusted[test] <= level;
  }

  /** How many tests share the correction. */
  int size() {
    return size;
  }

  /** Whether samples of these sizes, were they apart, would show it even if no others do. */
  boolean canShow(int m, int n) {
    return MannWhitney.smallestPValue(m, n) * Math.max(1, size) <= level;
  }

  /** The fewest values on each side with which it would. */
  int fewest() {
    int n = 1;
    while (!canShow(n, n)) {
      n++;
    }
    return n;
  }
}
