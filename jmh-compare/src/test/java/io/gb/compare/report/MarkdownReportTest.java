package io.gb.compare.report;

import static io.gb.compare.Sides.compare;
import static io.gb.compare.Sides.side;
import static io.gb.compare.Sides.spread;
import static io.gb.compare.Sides.time;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.compare.Comparison;
import io.gb.compare.Side;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What GitHub makes of the report. */
class MarkdownReportTest {

  private static final int MOST = 65_536;

  /** Wherever it stands, this would mention people, close an issue, load a picture or fold. */
  private static final String EVIL = "@all #1 ![x](http://e/) </details> `b` | c\n# d";

  @Test
  void countsComeFirstAndRowsThatDidNotChangeAreFolded() {
    String report =
        render(
            side("base", time("a", spread(100, 0.001, 6)), time("b", spread(9, 0.1, 6))),
            side("new", time("a", spread(120, 0.001, 6)), time("b", spread(9, 0.1, 6))));
    assertThat(report).startsWith("**1 SLOWER, 1 NOT SHOWN**\n\n- `gate time<=+5% MISSED by ");
    int fold = report.indexOf("<details><summary>1 without a shown change</summary>\n\n");
    assertThat(report.indexOf("| `Codec.a` |")).isBetween(0, fold);
    assertThat(report.indexOf("| `Codec.b` |")).isGreaterThan(fold);
  }

  @Test
  void anyNumberOfRowsFitsIntoAComment() {
    String report = render(side("base", many(100)), side("new", many(120)));
    assertThat(report.length()).isBetween(MOST / 2, MOST - 1);
    assertThat(report).startsWith("**3000 SLOWER**").contains("There is no room for ");
    assertThat(report.split("<details>", -1)).hasSameSizeAs(report.split("</details>", -1));
  }

  @Test
  void namesOfOthersAreInert() {
    String report =
        render(
            side(EVIL, time(EVIL, spread(100, 0.5, 6))),
            side("new" + EVIL, time(EVIL, spread(120, 0.5, 6))));
    String outsideOfCode = report.replaceAll("(`+)(?!`).*?(?<!`)\\1(?!`)", "");
    assertThat(outsideOfCode).doesNotContain("@", "#1", "](", "\n# d");
    assertThat(report).contains("@all #1");
  }

  private static JmhResult[] many(double time) {
    return IntStream.range(0, 3000)
        .mapToObj(i -> time("benchmark" + i, spread(time, 0.0001, 12)))
        .toArray(JmhResult[]::new);
  }

  private static String render(Side base, Side contender) {
    Comparison comparison = compare(base, contender);
    List<GateResult> gates = GateResult.of(List.of(Gate.parse("time<=+5%")), comparison);
    return Format.MARKDOWN.render(comparison, gates, UTF_8);
  }
}
