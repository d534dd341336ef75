package io.gb.compare;

import io.gb.compare.Row.Method;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.stats.UTest;
import java.util.Optional;

/**
 * A pair after its test, before all pairs are judged together.
 *
 * @param pair what was tested
 * @param method how
 * @param base what the base has
 * @param contender what the contender has
 * @param ratio contender by base, if it exists
 * @param test what the test says; nothing if values compare as they are and do not vary
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

  Unit.Kind unitKind() {
    return pair.key().unit().kind();
  }
}
