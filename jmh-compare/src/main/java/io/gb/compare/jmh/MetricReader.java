package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.List;

/** Reads one metric, primary or secondary. */
final class MetricReader {

  private final JsonCursor json;
  private double score = Double.NaN;
  private String unit = "";
  private final List<double[]> forks = new ArrayList<>();
  private final List<Histogram> histograms = new ArrayList<>();

  private MetricReader(JsonCursor json) {
    this.json = json;
  }

  /**
   * Reads the metric at the cursor.
   *
   * @param name its name in the file
   */
  static RawMetric read(JsonCursor json, String name) throws JmhFormatException {
    MetricReader reader = new MetricReader(json);
    json.object("metric " + name, reader::field);
    return new RawMetric(reader.unit, reader.score, reader.forks, reader.histograms);
  }

  private void field(String name) throws JmhFormatException {
    switch (name) {
      case "score" -> score = json.number(name);
      case "scoreUnit" -> unit = json.text(name).intern();
      case "rawData" -> json.array(name, this::fork);
      case "rawDataHistogram" -> json.array(name, this::histogram);
      default -> json.skip();
    }
  }

  private void fork() throws JmhFormatException {
    DoubleList iterations = new DoubleList();
    json.array("a fork in rawData", () -> iterations.add(json.number("a score in rawData")));
    forks.add(iterations.toArray());
  }

  private void histogram() throws JmhFormatException {
    Histogram histogram = new Histogram();
    json.array("a fork in rawDataHistogram", () -> iteration(histogram));
    histograms.add(histogram);
    forks.add(histogram.means());
  }

  private void iteration(Histogram histogram) throws JmhFormatException {
    json.array(
        "an iteration in rawDataHistogram",
        () -> {
          DoubleList pair = new DoubleList();
          json.array(
              "a value with its count in rawDataHistogram",
              () -> pair.add(json.number("a value or count in rawDataHistogram")));
          double[] valueAndCount = pair.toArray();
          if (valueAndCount.length != 2 || !(valueAndCount[1] >= 0)) {
            throw json.wrong("rawDataHistogram must consist of pairs of a value and its count");
          }
          histogram.add(valueAndCount[0], (long) valueAndCount[1]);
        });
    histogram.endIteration();
  }
}
