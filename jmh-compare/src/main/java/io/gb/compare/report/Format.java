package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.GateResult;
import java.util.List;
import java.util.Locale;

/** The formats in which a comparison can be rendered. */
public enum Format {
  /** Tables in the look of benchstat. */
  TEXT,
  /** Tables for a pull request. */
  MARKDOWN,
  /** One line for each row, quoted as RFC 4180 has it. */
  CSV,
  /** All there is, for programs. */
  JSON,
  /** One page that needs nothing else, with the intervals drawn. */
  HTML,
  /** A test case for each row of each gate, as build servers read them. */
  JUNIT;

  /** Returns its name in small letters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Renders a comparison.
   *
   * @param comparison what to render
   * @param gates what the gates say of it; empty without gates
   * @return the whole text, with a line break at its end
   */
  public String render(Comparison comparison, List<GateResult> gates) {
    Report report =
        switch (this) {
          case TEXT -> new TextReport();
          case MARKDOWN -> new MarkdownReport();
          case CSV -> new CsvReport();
          case JSON -> new JsonReport();
          case HTML -> new HtmlReport();
          case JUNIT -> new JunitReport();
        };
    return report.render(comparison, gates);
  }
}
