package io.gb.compare.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.compare.Comparison;
import io.gb.compare.GateResult;
import io.gb.compare.Names;
import java.nio.charset.Charset;
import java.util.List;

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
    return Names.of(this);
  }

  /**
   * Returns the charset that a text of this format must be written in: UTF-8 for all that say so or
   * that programs read.
   *
   * @param usual the charset of the place it goes to, which is good enough for plain text
   */
  public Charset charset(Charset usual) {
    return this == TEXT ? usual : UTF_8;
  }

  /**
   * Renders a comparison.
   *
   * @param comparison what to render
   * @param gates what the gates say of it; empty without gates
   * @param charset what the text will be written in; plain text that it cannot hold is spelled in
   *     other words
   * @return the whole text, with a line break at its end
   */
  public String render(Comparison comparison, List<GateResult> gates, Charset charset) {
    Report report =
        switch (this) {
          case TEXT -> new TextReport(charset);
          case MARKDOWN -> new MarkdownReport();
          case CSV -> new CsvReport();
          case JSON -> new JsonReport();
          case HTML -> new HtmlReport();
          case JUNIT -> new JunitReport();
        };
    return report.render(comparison, gates);
  }
}
