package io.gb.cli.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.compare.Comparison;
import io.gb.compare.Selection;
import io.gb.compare.Settings;
import io.gb.compare.Side;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import io.gb.compare.report.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The example of a comparison, which lies between the two marks. */
final class CompareExample {

  private CompareExample() {}

  static void run(Path base, Path contender) throws IOException {
    // begin
    Comparison comparison =
        Comparison.of(
            Side.read("base", List.of(base)),
            List.of(Side.read("new", List.of(contender))),
            Selection.everything(),
            Settings.defaults());
    List<GateResult> results = GateResult.of(List.of(Gate.parse("time<=+5%")), comparison);
    if (results.stream().anyMatch(result -> result.outcome() != Outcome.HELD)) {
      throw new AssertionError(Format.TEXT.render(comparison, results, UTF_8));
    }
    // end
  }
}
