package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.List;

/** Reads one metric, primary or secondary. */
final class MetricReader {

  /** Shares of samples, and what JMH calls them. */
  private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999};

  private static final String[] SHARE_NAMES = {"p0.50", "p0.90", "p0.99", "p0.999"};

  private final JsonCursor json;
  private double score = Double.NaN;
  private String unit = "";
  private final List<double[]> forks = new ArrayList<>();
  private final List<Histogram> histograms = new ArrayList<>();

  private MetricReader(JsonCursor json) {
    this.json = json;
  }

  /**
   * Reads the metric the cursor stands on.
   *
   * @param name what it is to be called
   * @return the metric; behind it percentiles, if it has a histogram
   */
  static List<JmhMetric> read(JsonCursor json, String name) throws JmhFormatException {
    MetricReader reader = new MetricReader(json);
    json.object("metric " + name, reader::field);
    if (reader.unit.isEmpty()) {
      throw json.wrong("metric " + name + " has no scoreUnit");
    }
    return reader.metrics(name);
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
            throw json.wrong("rawDataHistogram must hold pairs of a value and its count");
          }
          histogram.add(valueAndCount[0], (long) valueAndCount[1]);
        });
    histogram.endIteration();
  }

  private List<JmhMetric> metrics(String name) {
    List<JmhMetric> metrics = new ArrayList<>();
    metrics.add(new JmhMetric(name, unit, score, forks));
    if (!histograms.isEmpty()) {
      for (int i = 0; i < SHARES.length; i++) {
        double share = SHARES[i];
        List<double[]> byFork =
            histograms.stream().map(h -> new double[] {h.percentile(share)}).toList();
        metrics.add(new JmhMetric(SHARE_NAMES[i], unit, Double.NaN, byFork));
      }
    }
    return metrics;
  }
}
