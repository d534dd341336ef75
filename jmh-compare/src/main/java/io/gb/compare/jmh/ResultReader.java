package io.gb.compare.jmh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one entry of a file. */
final class ResultReader {

  /**
   * Versions before 1.37 put a middle dot before the name of a secondary metric; in a file with
   * another charset it may be a question mark or two characters.
   */
  private static final Pattern DOT = Pattern.compile("^(?:Â?·|\\?|\uFFFD)");

  /**
   * In some versions, the names of percentiles in sample mode begin with the method's name; those
   * of methods in a JMH group do in all versions.
   */
  private static final Pattern PERCENTILE =
      Pattern.compile("^(?:(?<method>.*?)(?:Â?·|\\?|\uFFFD|:))?(?<share>p[01]\\.[0-9]+)$");

  /** The unit of texts, such as the stacks of a profiler. */
  private static final String TEXT_UNIT = "---";

  /** JMH's units of time, each with the number of them that makes one of the next. */
  private static final List<String> UNITS = List.of("ns", "us", "ms", "s", "min", "hr", "day");

  private static final int[] FACTORS = {1000, 1000, 1000, 60, 60, 24};
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,15}) (ns|us|ms|s|min|hr|day)");

  /** Old versions break strings at commas and braces into lines. */
  private static final Pattern BROKEN_LINE = Pattern.compile("\\s*[\\r\\n]\\s*");

  private final JsonCursor json;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> params = new LinkedHashMap<>();
  private List<String> jvmArgs = List.of();
  private @Nullable RawMetric primary;
  private final Map<String, RawMetric> secondary = new LinkedHashMap<>();

  private ResultReader(JsonCursor json) {
    this.json = json;
  }

  /** Reads the entry at the cursor. */
  static JmhResult read(JsonCursor json) throws JmhFormatException {
    ResultReader reader = new ResultReader(json);
    json.object("a result", reader::field);
    return reader.result();
  }

  private void field(String name) throws JmhFormatException {
    switch (name) {
      case "jvmArgs" -> jvmArgs = json.texts(name).stream().map(ResultReader::mend).toList();
      case "params" -> params(name);
      case "primaryMetric" -> primaryMetric(name);
      case "secondaryMetrics" -> json.object(name, this::secondaryMetric);
      case "benchmark",
          "mode",
          "jmhVersion",
          "jvm",
          "jdkVersion",
          "vmName",
          "vmVersion",
          "threads",
          "warmupIterations",
          "warmupTime",
          "warmupBatchSize",
          "measurementIterations",
          "measurementTime",
          "measurementBatchSize" ->
          texts.put(name, mend(json.text(name)));
      default -> json.skip();
    }
  }

  private void primaryMetric(String name) throws JmhFormatException {
    RawMetric read = MetricReader.read(json, name);
    if (read.unit().isEmpty()) {
      throw json.wrong("metric " + name + " has no scoreUnit");
    }
    primary = read;
  }

  private void params(String name) throws JmhFormatException {
    if (!json.isNull()) {
      json.object(name, param -> params.put(param, mend(json.text(param))));
    }
  }

  private void secondaryMetric(String written) throws JmhFormatException {
    RawMetric metric = MetricReader.read(json, written);
    if (!metric.unit().equals(TEXT_UNIT)) {
      secondary.put(DOT.matcher(written).replaceFirst("").intern(), metric);
    }
  }

  private JmhResult result() throws JmhFormatException {
    String benchmark = required("benchmark");
    String label = required("mode");
    Mode mode =
        Mode.of(label)
            .orElseThrow(
                () -> json.wrong("unknown mode \"" + label + "\", not thrpt, avgt, sample or ss"));
    RawMetric main = primary;
    if (main == null) {
      throw json.wrong("not a JMH result: it has no \"primaryMetric\"");
    }
    LeftOutZeros.fill(secondary);
    Map<String, JmhMetric> metrics = new LinkedHashMap<>();
    metrics.put(mode.metric(), main.named(mode.metric()));
    secondary.forEach((written, metric) -> {
      Matcher percentile = PERCENTILE.matcher(written);
      if (!percentile.matches()) {
        String name = name(written, mode);
        metrics.put(name, metric.named(name));
      } else if (mode != Mode.SAMPLE_TIME || RawMetric.isPercentile(percentile.group("share"))) {
        String name = percentileName(percentile, benchmark);
        metrics.put(name, metric.named(name));
      }
    });
    // If the file has all samples, these replace the percentiles of the iterations.
    main.percentiles().forEach(percentile -> metrics.put(percentile.name(), percentile));
    return new JmhResult(
        new BenchmarkId(benchmark, params, mode), environment(), List.copyOf(metrics.values()));
  }

  /** Returns a name for a secondary metric that differs from that of the primary metric. */
  private static String name(String written, Mode mode) {
    return written.equals(mode.metric()) ? (written + " (secondary)").intern() : written;
  }

  /**
   * Returns a name that tells the percentiles of methods in a JMH group from those of the group.
   */
  private static String percentileName(Matcher percentile, String benchmark) {
    String share = percentile.group("share");
    String method = percentile.group("method");
    return method == null || benchmark.endsWith("." + method)
        ? share.intern()
        : (method + ":" + share).intern();
  }

  private String required(String name) throws JmhFormatException {
    @Nullable String text = texts.get(name);
    if (text == null || text.isEmpty()) {
      throw json.wrong("not a JMH result: it has no \"" + name + "\"");
    }
    return text;
  }

  private Environment environment() throws JmhFormatException {
    return new Environment(
        text("jmhVersion"),
        text("jvm"),
        text("jdkVersion"),
        text("vmName"),
        text("vmVersion"),
        jvmArgs,
        threads(),
        plan("warmup"),
        plan("measurement"));
  }

  private int threads() throws JmhFormatException {
    String threads = text("threads");
    if (!threads.matches("[0-9]{0,9}")) {
      throw json.wrong("threads must be a whole number, not \"" + threads + "\"");
    }
    return threads.isEmpty() ? 0 : Integer.parseInt(threads);
  }

  private String plan(String phase) {
    String iterations = text(phase + "Iterations");
    return iterations.isEmpty()
        ? ""
        : iterations
            + " x "
            + duration(text(phase + "Time"))
            + ", batch "
            + text(phase + "BatchSize");
  }

  /** Writes {@code 1000 ms} as {@code 1 s}, so that equal times are equal. */
  private static String duration(String written) {
    Matcher time = DURATION.matcher(written);
    if (!time.matches()) {
      return written;
    }
    long number = Long.parseLong(time.group(1));
    int unit = UNITS.indexOf(time.group(2));
    while (unit < FACTORS.length && number > 0 && number % FACTORS[unit] == 0) {
      number /= FACTORS[unit++];
    }
    return number + " " + UNITS.get(unit);
  }

  private String text(String name) {
    return texts.getOrDefault(name, "");
  }

  private static String mend(String text) {
    return text.indexOf('\n') < 0 ? text : BROKEN_LINE.matcher(text).replaceAll("");
  }
}
