import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes a JMH result with many benchmarks: BigResult FILE BENCHMARKS SEED. */
public final class BigResult {

  private static final int FORKS = 10;
  private static final int ITERATIONS = 5;

  private BigResult() {}

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[2]));
    int benchmarks = Integer.parseInt(args[1]);
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[0]))) {
      out.write("[\n");
      for (int i = 0; i < benchmarks; i++) {
        out.write(i == 0 ? "" : ",\n");
        out.write(result(i, random));
      }
      out.write("]\n");
    }
  }

  private static String result(int number, SplittableRandom random) {
    return """
        {
            "jmhVersion" : "1.37",
            "benchmark" : "org.sample.Generated%d.measure",
            "mode" : "avgt",
            "threads" : 1,
            "forks" : 10,
            "jvm" : "/opt/jdk/bin/java",
            "jvmArgs" : [
                "-Xmx1g"
            ],
            "jdkVersion" : "25.0.1",
            "vmName" : "OpenJDK 64-Bit Server VM",
            "vmVersion" : "25.0.1+8-LTS",
            "warmupIterations" : 5,
            "warmupTime" : "1 s",
            "warmupBatchSize" : 1,
            "measurementIterations" : 5,
            "measurementTime" : "1 s",
            "measurementBatchSize" : 1,
            "params" : {
                "size" : "%d"
            },
            "primaryMetric" : %s,
            "secondaryMetrics" : {
                "gc.alloc.rate.norm" : %s
            }
        }"""
        .formatted(
            number / 4, number % 4, metric("ns/op", 1000, random), metric("B/op", 48, random));
  }

  private static String metric(String unit, double level, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    text.append("{\n\"score\" : ").append(level).append(",\n\"scoreError\" : \"NaN\",\n");
    text.append("\"scoreConfidence\" : [\n\"NaN\",\n\"NaN\"\n],\n\"scorePercentiles\" : {\n");
    String separator = "";
    for (String share : new String[] {"0.0", "50.0", "90.0", "95.0", "99.0", "99.9", "100.0"}) {
      text.append(separator).append('"').append(share).append("\" : ").append(level);
      separator = ",\n";
    }
    text.append("\n},\n\"scoreUnit\" : \"").append(unit).append("\",\n\"rawData\" : [\n");
    for (int fork = 0; fork < FORKS; fork++) {
      text.append(fork == 0 ? "[\n" : "],\n[\n");
      for (int i = 0; i < ITERATIONS; i++) {
        text.append(i == 0 ? "" : ",\n").append("                    ");
        text.append(level * (1 + 0.02 * random.nextDouble()));
      }
    }
    return text.append("\n]\n]\n}").toString();
  }
}
