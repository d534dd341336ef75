package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Row;
import io.gb.compare.Row.TableKey;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.limit.GateResult;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Names;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** All data, for programs; null if there is no number. */
final class JsonReport {

  private static final ObjectWriteContext PRETTY =
      new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
          return new DefaultPrettyPrinter();
        }
      };

  private JsonReport() {}

  static String render(Comparison comparison, List<GateResult> gates) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(PRETTY, text)) {
      new Document(json).write(comparison, gates);
    }
    return text + "\n";
  }

  /** Writes one report. */
  private record Document(JsonGenerator json) {

    void write(Comparison comparison, List<GateResult> gates) {
      double sameWithin = comparison.settings().sameWithin();
      json.writeStartObject();
      json.writeStringProperty("base", comparison.base());
      array("contenders", comparison.contenders(), json::writeString);
      json.writeObjectPropertyStart("settings");
      json.writeNumberProperty("level", comparison.settings().level());
      json.writeNumberProperty("confidence", comparison.settings().confidence());
      json.writeNumberProperty("sameWithin", sameWithin);
      json.writeNumberProperty("floorBytes", comparison.settings().floorBytes());
      json.writeEndObject();
      objects("rows", comparison.rows(), row -> row(row, row.verdict().text(sameWithin)));
      objects(
          "geomeans",
          comparison.geomeans(),
          mean -> {
            json.writeStringProperty("contender", mean.key().contender());
            json.writeStringProperty("group", mean.key().group());
            json.writeStringProperty("mode", mean.key().mode().label());
            key(mean.key());
            number("ratio", mean.ratio());
            json.writeNumberProperty("rows", mean.rows());
          });
      objects(
          "warnings",
          comparison.warnings(),
          warning -> {
            json.writeStringProperty("kind", Names.of(warning.kind()));
            json.writeStringProperty("text", warning.text());
            array("concerned", warning.concerned(), json::writeString);
          });
      objects(
          "unjudged",
          comparison.unjudged(),
          one -> {
            json.writeStringProperty("contender", one.contender());
            id(one.id());
            json.writeStringProperty("metric", one.metric());
            json.writeStringProperty("unit", one.key().unit().text());
            json.writeStringProperty("why", Names.of(one.why()));
            json.writeStringProperty("reason", one.reason());
            one.value().ifPresent(value -> estimate("value", value));
          });
      objects(
          "gates",
          gates,
          result -> {
            json.writeStringProperty("gate", result.gate().text());
            json.writeStringProperty("contender", result.contender());
            id(result.id());
            json.writeStringProperty("metric", result.metric());
            json.writeStringProperty("outcome", Names.of(result.outcome()));
            json.writeStringProperty("reason", result.reason());
          });
      json.writeEndObject();
    }

    private void row(Row row, String verdict) {
      json.writeStringProperty("contender", row.key().contender());
      json.writeStringProperty("group", row.key().group());
      id(row.id());
      key(row.key());
      json.writeStringProperty("method", Names.of(row.method()));
      estimate("base", row.base());
      estimate("new", row.contender());
      ratio(row.ratio().orElse(null));
      number("p", row.p().orElse(Double.NaN));
      number("pAdjusted", row.adjustedP().orElse(Double.NaN));
      row.spread()
          .ifPresent(spread -> {
            json.writeStringProperty("spreadSource", Names.of(spread.source()));
            number("spread", spread.share());
          });
      row.forksToDecide().ifPresent(forks -> json.writeNumberProperty("forksToDecide", forks));
      json.writeBooleanProperty("shown", row.shown());
      json.writeStringProperty("verdict", verdict);
      array("marks", row.marks().stream().sorted().map(Names::of).toList(), json::writeString);
    }

    private void id(BenchmarkId id) {
      json.writeStringProperty("benchmark", id.benchmark());
      json.writeObjectPropertyStart("params");
      id.params().forEach(json::writeStringProperty);
      json.writeEndObject();
      if (id.threads() > 0) {
        json.writeNumberProperty("threads", id.threads());
      }
      json.writeStringProperty("mode", id.mode().label());
    }

    private void key(TableKey key) {
      json.writeStringProperty("metric", key.metric());
      json.writeStringProperty("unit", key.unit().text());
    }

    private void estimate(String name, Estimate estimate) {
      json.writeObjectPropertyStart(name);
      number("median", estimate.median());
      number("lower", estimate.lower());
      number("upper", estimate.upper());
      json.writeNumberProperty("n", estimate.n());
      json.writeEndObject();
    }

    private void ratio(@Nullable Ratio ratio) {
      if (ratio == null) {
        json.writeNullProperty("ratio");
        return;
      }
      json.writeObjectPropertyStart("ratio");
      number("value", ratio.value());
      number("lower", ratio.isBounded() ? ratio.lower() : Double.NaN);
      number("upper", ratio.upper());
      json.writeEndObject();
    }

    private <T> void objects(String name, List<T> values, Consumer<T> fields) {
      array(
          name,
          values,
          value -> {
            json.writeStartObject();
            fields.accept(value);
            json.writeEndObject();
          });
    }

    private <T> void array(String name, List<T> values, Consumer<T> writer) {
      json.writeArrayPropertyStart(name);
      values.forEach(writer);
      json.writeEndArray();
    }

    private void number(String name, double value) {
      if (Double.isFinite(value)) {
        json.writeNumberProperty(name, value);
      } else {
        json.writeNullProperty(name);
      }
    }
  }
}
