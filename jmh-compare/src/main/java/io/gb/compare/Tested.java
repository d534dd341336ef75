package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.measured.Spread;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.TestOfRatio;
import io.gb.compare.stats.TestResult;
import java.util.Optional;

/**
 * A pair after its test, before all pairs are judged together.
 *
 * @param pair what was tested
 * @param method how it was tested
 * @param base estimate of the base
 * @param contender estimate of the contender
 * @param ratio contender divided by base, if there is a ratio
 * @param test tests the ratio; nothing if values are exact and do not vary
 * @param result of the test of the ratio 1; nothing if there is no test
 * @param spread how much forks spread, if the method needs to know
 */
record Tested(
    Pair pair,
    Method method,
    Estimate base,
    Estimate contender,
    Optional<Ratio> ratio,
    Optional<TestOfRatio> test,
    Optional<TestResult> result,
    Optional<Spread> spread) {

  Tested(
      Pair pair,
      Method method,
      Estimate base,
      Estimate contender,
      Optional<Ratio> ratio,
      Optional<TestOfRatio> test,
      Optional<Spread> spread) {
    this(pair, method, base, contender, ratio, test, test.map(one -> one.at(1)), spread);
  }

  double change() {
    return contender.median() - base.median();
  }

  boolean isBytes() {
    return pair.key().unit().kind() == Unit.Kind.BYTES;
  }
}
