package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.measured.Unit;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.UTest;
import java.util.Optional;

/**
 * A pair after its test, before all pairs are judged together.
 *
 * @param pair what was tested
 * @param method how it was tested
 * @param base estimate of the base
 * @param contender estimate of the contender
 * @param ratio contender divided by base, if there is a ratio
 * @param test result of the test; nothing if values are exact and do not vary
 */
record Tested(
    Pair pair,
    Method method,
    Estimate base,
    Estimate contender,
    Optional<Ratio> ratio,
    Optional<UTest> test) {

  double change() {
    return contender.median() - base.median();
  }

  boolean isBytes() {
    return pair.key().unit().kind() == Unit.Kind.BYTES;
  }
}
