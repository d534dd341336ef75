package io.gb.cli.demo;

import io.gb.demo.ThreadKind;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Renders the figures of {@code gb demo} as JSON. */
final class DemoJson {

  private DemoJson() {}

  static String render(ThreadKind threads, int workers, int requests, List<DemoResult> results) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("concurrency", workers);
      json.writeNumberProperty("requests", requests);
      json.writeStringProperty("threads", threads.label());
      json.writeArrayPropertyStart("variants");
      results.forEach(result -> variant(json, result));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void variant(JsonGenerator json, DemoResult result) {
    json.writeStartObject();
    json.writeStringProperty("variant", result.variant().label());
    json.writeNumberProperty("seconds", result.seconds());
    json.writeNumberProperty("baselineBytes", result.baselineBytes());
    json.writeNumberProperty("liveHeapBytes", result.liveHeapBytes());
    json.writeNumberProperty("addedBytes", result.addedBytes());
    json.writeNumberProperty("threadsLeft", result.threadsLeft());
    json.writeNumberProperty("threadsProven", result.threadsProven());
    json.writeNumberProperty("connectionsLeft", result.connectionsLeft());
    json.writeNumberProperty("retainedBytes", result.retainedBytes());
    json.writeEndObject();
  }
}
