package io.gb.compare.jmh;

import java.util.Arrays;
import java.util.Optional;

/** JMH's modes of a benchmark; the mode decides whether a larger primary score is better. */
public enum Mode {
  /** Operations per unit of time. */
  THROUGHPUT("thrpt", "throughput"),
  /** Average time of an operation. */
  AVERAGE_TIME("avgt", "time"),
  /** Time of sampled operations. */
  SAMPLE_TIME("sample", "time"),
  /** Time of one cold invocation. */
  SINGLE_SHOT("ss", "time");

  private final String label;
  private final String metric;

  Mode(String label, String metric) {
    this.label = label;
    this.metric = metric;
  }

  /** {@return JMH's short name, as in the JSON} */
  public String label() {
    return label;
  }

  /** {@return what the primary score is: {@code throughput} or {@code time}} */
  public String metric() {
    return metric;
  }

  /**
   * {@return the mode with a short name; nothing if there is none}
   *
   * @param label JMH's short name
   */
  public static Optional<Mode> of(String label) {
    return Arrays.stream(values()).filter(mode -> mode.label.equals(label)).findFirst();
  }
}
