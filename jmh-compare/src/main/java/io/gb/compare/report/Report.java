package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.limit.GateResult;
import java.util.List;

/** Renders a comparison. */
interface Report {

  /** Returns the whole text, with a line break at its end. */
  String render(Comparison comparison, List<GateResult> gates);
}
