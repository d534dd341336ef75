package io.gb.compare.report;

import static io.gb.compare.Sides.ENVIRONMENT;
import static io.gb.compare.Sides.environment;
import static io.gb.compare.Sides.metric;
import static io.gb.compare.Sides.result;
import static io.gb.compare.Sides.side;
import static io.gb.compare.Sides.spread;
import static io.gb.compare.Sides.time;

import io.gb.compare.Comparison;
import io.gb.compare.Selection;
import io.gb.compare.Settings;
import io.gb.compare.jmh.Environment;
import io.gb.compare.jmh.JmhMetric;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.jmh.Mode;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import java.util.List;
import java.util.Map;

/** A comparison with a bit of everything that a report has to write. */
final class Example {

  private static final Environment OTHER = environment("-Xmx2g");

  private Example() {}

  static Comparison comparison() {
    return Comparison.of(
        side(
            "base.json",
            sized("1", ENVIRONMENT, times(1718.25, 0.001, 10), bytes(24, 10)),
            sized("1000000", ENVIRONMENT, times(3066123.5, 0.004, 10), bytes(0, 10)),
            decode(spread(0.5, 0.05, 10)),
            text("a|b,\"<c>\" d", 100, 101, 99),
            time("gone", 1, 2)),
        List.of(
            side(
                "new.json",
                sized("1", ENVIRONMENT, times(1423, 0.001, 10), bytes(24.001, 10)),
                sized("1000000", OTHER, times(3070987, 0.004, 9), bytes(16, 9)),
                decode(spread(0.51, 0.05, 10)),
                text("a|b,\"<c>\" d", 120, 121, 119))),
        Selection.everything(),
        Settings.defaults());
  }

  static List<GateResult> gates() {
    return GateResult.of(
        List.of(
            Gate.parse("time<=+5% for encode"),
            Gate.parse("gc.alloc.rate.norm<=+0%,8B"),
            Gate.parse("time<=+10% for text")),
        comparison());
  }

  private static JmhResult sized(String size, Environment environment, JmhMetric... metrics) {
    return result("encode", Map.of("size", size), Mode.AVERAGE_TIME, environment, metrics);
  }

  private static JmhResult decode(double[] forks) {
    return result("decode", Mode.THROUGHPUT, metric("throughput", "ops/us", forks));
  }

  private static JmhResult text(String text, double... forks) {
    return result(
        "text",
        Map.of("text", text),
        Mode.SINGLE_SHOT,
        ENVIRONMENT,
        new JmhMetric("time", "ms/op", 100, List.of(forks, forks)));
  }

  private static JmhMetric times(double from, double step, int n) {
    return metric("time", "ns/op", spread(from, step, n));
  }

  private static JmhMetric bytes(double value, int n) {
    return metric("gc.alloc.rate.norm", "B/op", spread(value, 0, n));
  }
}
