package io.gb.compare.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.compare.Comparison;
import io.gb.compare.limit.GateResult;
import java.nio.charset.Charset;
import java.util.List;

/** The formats of a report. */
public enum Format {
  /** Tables like those of benchstat. */
  TEXT,
  /** Tables for a pull request. */
  MARKDOWN,
  /** One line for each row, quoted as in RFC 4180. */
  CSV,
  /** All data, for programs. */
  JSON,
  /** One self-contained page, with the intervals drawn. */
  HTML,
  /** JUnit XML for build servers: a test case for each row of each gate. */
  JUNIT;

  /**
   * {@return the charset in which a report must be written: UTF-8, except for plain text}
   *
   * @param usual the charset of the destination, which is used for plain text
   */
  public Charset charset(Charset usual) {
    return this == TEXT ? usual : UTF_8;
  }

  /**
   * Renders a comparison.
   *
   * @param comparison the comparison
   * @param gates the results of the gates; empty without gates
   * @param charset the charset in which the report will be written; plain text avoids characters
   *     that it does not have
   * @return the whole text, with a line break at its end
   */
  public String render(Comparison comparison, List<GateResult> gates, Charset charset) {
    return switch (this) {
      case TEXT -> new TextReport(charset).render(comparison, gates);
      case MARKDOWN -> MarkdownReport.render(comparison, gates);
      case CSV -> CsvReport.render(comparison);
      case JSON -> JsonReport.render(comparison, gates);
      case HTML -> HtmlReport.render(comparison, gates);
      case JUNIT -> JunitReport.render(comparison, gates);
    };
  }
}
