package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.Geomean;
import io.gb.compare.Row;
import io.gb.compare.Row.TableKey;
import io.gb.compare.Settings;
import io.gb.compare.Unjudged;
import io.gb.compare.jmh.BenchmarkId;
import io.gb.compare.limit.GateResult;
import io.gb.compare.stats.Estimate;
import io.gb.compare.stats.Ratio;
import io.gb.compare.text.Names;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** All data, for programs; null if there is no number. */
final class JsonReport implements Report {

  private static final ObjectWriteContext PRETTY =
      new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
          return new DefaultPrettyPrinter();
        }
      };

  @Override
  public String render(Comparison comparison, List<GateResult> gates) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(PRETTY, text)) {
      json.writeStartObject();
      json.writeStringProperty("base", comparison.base());
      json.writeArrayPropertyStart("contenders");
      comparison.contenders().forEach(json::writeString);
      json.writeEndArray();
      settings(json, comparison.settings());
      json.writeArrayPropertyStart("rows");
      comparison.rows().forEach(row -> row(json, row, comparison.settings().sameWithin()));
      json.writeEndArray();
      json.writeArrayPropertyStart("geomeans");
      comparison.geomeans().forEach(mean -> geomean(json, mean));
      json.writeEndArray();
      json.writeArrayPropertyStart("warnings");
      comparison
          .warnings()
          .forEach(warning -> {
            json.writeStartObject();
            json.writeStringProperty("kind", Names.of(warning.kind()));
            json.writeStringProperty("text", warning.text());
            json.writeArrayPropertyStart("concerned");
            warning.concerned().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
          });
      json.writeEndArray();
      json.writeArrayPropertyStart("unjudged");
      comparison.unjudged().forEach(one -> unjudged(json, one));
      json.writeEndArray();
      json.writeArrayPropertyStart("gates");
      gates.forEach(gate -> gate(json, gate));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void settings(JsonGenerator json, Settings settings) {
    json.writeObjectPropertyStart("settings");
    json.writeNumberProperty("level", settings.level());
    json.writeNumberProperty("confidence", settings.confidence());
    json.writeNumberProperty("sameWithin", settings.sameWithin());
    json.writeNumberProperty("floorBytes", settings.floorBytes());
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, Row row, double sameWithin) {
    json.writeStartObject();
    json.writeStringProperty("contender", row.key().contender());
    json.writeStringProperty("group", row.key().group());
    id(json, row.id());
    key(json, row.key());
    json.writeStringProperty("method", Names.of(row.method()));
    estimate(json, "base", row.base());
    estimate(json, "new", row.contender());
    ratio(json, row.ratio().orElse(null));
    number(json, "p", row.p());
    number(json, "pAdjusted", row.adjustedP());
    json.writeBooleanProperty("shown", row.shown());
    json.writeStringProperty("verdict", row.verdict().text(sameWithin));
    json.writeArrayPropertyStart("marks");
    row.marks().stream().sorted().forEach(mark -> json.writeString(Names.of(mark)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void id(JsonGenerator json, BenchmarkId id) {
    json.writeStringProperty("benchmark", id.benchmark());
    json.writeObjectPropertyStart("params");
    id.params().forEach(json::writeStringProperty);
    json.writeEndObject();
    if (id.threads() > 0) {
      json.writeNumberProperty("threads", id.threads());
    }
    json.writeStringProperty("mode", id.mode().label());
  }

  private static void key(JsonGenerator json, TableKey key) {
    json.writeStringProperty("metric", key.metric());
    json.writeStringProperty("unit", key.unit().text());
  }

  private static void estimate(JsonGenerator json, String name, Estimate estimate) {
    json.writeObjectPropertyStart(name);
    number(json, "median", estimate.median());
    number(json, "lower", estimate.lower());
    number(json, "upper", estimate.upper());
    json.writeNumberProperty("n", estimate.n());
    json.writeEndObject();
  }

  private static void ratio(JsonGenerator json, @Nullable Ratio ratio) {
    if (ratio == null) {
      json.writeNullProperty("ratio");
      return;
    }
    json.writeObjectPropertyStart("ratio");
    number(json, "value", ratio.value());
    number(json, "lower", ratio.isBounded() ? ratio.lower() : Double.NaN);
    number(json, "upper", ratio.upper());
    json.writeEndObject();
  }

  private static void geomean(JsonGenerator json, Geomean mean) {
    json.writeStartObject();
    json.writeStringProperty("contender", mean.key().contender());
    json.writeStringProperty("group", mean.key().group());
    json.writeStringProperty("mode", mean.key().mode().label());
    key(json, mean.key());
    number(json, "ratio", mean.ratio());
    json.writeNumberProperty("rows", mean.rows());
    json.writeEndObject();
  }

  private static void unjudged(JsonGenerator json, Unjudged one) {
    json.writeStartObject();
    json.writeStringProperty("contender", one.contender());
    id(json, one.id());
    json.writeStringProperty("metric", one.metric());
    json.writeStringProperty("reason", one.reason());
    json.writeEndObject();
  }

  private static void gate(JsonGenerator json, GateResult result) {
    json.writeStartObject();
    json.writeStringProperty("gate", result.gate().text());
    json.writeStringProperty("contender", result.contender());
    id(json, result.id());
    json.writeStringProperty("metric", result.metric());
    json.writeStringProperty("outcome", Names.of(result.outcome()));
    json.writeStringProperty("reason", result.reason());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, OptionalDouble value) {
    number(json, name, value.orElse(Double.NaN));
  }

  private static void number(JsonGenerator json, String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }
}
