package io.gb.compare.measured;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A unit, and what it says of a metric: which direction is better, whether the metric is about
 * speed, whether it has noise, and how values convert. Immutable.
 *
 * @param text as in the file, {@code ns/op}
 */
public record Unit(String text) {

  /** Which direction is better. */
  public enum Direction {
    /** More operations per unit of time. */
    HIGHER,
    /** Less time, less memory. */
    LOWER,
    /** The unit does not say, as with {@code MB/sec}. */
    UNKNOWN
  }

  /** What a metric is about. */
  public enum Kind {
    /** Time, or operations per unit of time: measured with noise. */
    SPEED,
    /** Bytes: almost no noise. */
    BYTES,
    /** Counts of what should not be there, such as leaked threads: no noise. */
    COUNT,
    /** Anything else, which is assumed to have noise. */
    OTHER
  }

  private static final Map<String, Double> SECONDS =
      Map.ofEntries(
          Map.entry("ns", 1e-9),
          Map.entry("us", 1e-6),
          Map.entry("ms", 1e-3),
          Map.entry("s", 1.0),
          Map.entry("sec", 1.0),
          Map.entry("min", 60.0),
          Map.entry("hr", 3600.0),
          Map.entry("day", 86400.0));

  /** {@return which direction is better} */
  public Direction direction() {
    if (isRate()) {
      return Direction.HIGHER;
    }
    return isTime() || kind() == Kind.BYTES ? Direction.LOWER : Direction.UNKNOWN;
  }

  /** {@return what the metric is about} */
  public Kind kind() {
    if (isRate() || isTime()) {
      return Kind.SPEED;
    }
    return switch (text) {
      case "B/op", "B", "bytes", "bytes/op" -> Kind.BYTES;
      case "threads", "objects", "leaks" -> Kind.COUNT;
      default -> Kind.OTHER;
    };
  }

  /** {@return whether values are compared without a test, unless they vary} */
  public boolean isExact() {
    return kind() == Kind.BYTES || kind() == Kind.COUNT;
  }

  /**
   * {@return the factor that converts a value from this unit to another; nothing if there is none}
   *
   * @param other a unit to convert to
   */
  public Optional<Double> factorTo(Unit other) {
    if (text.equals(other.text)) {
      return Optional.of(1.0);
    }
    if (isTime() && other.isTime() && isPerOperation() == other.isPerOperation()) {
      return Optional.of(seconds(time()) / seconds(other.time()));
    }
    if (kind() == Kind.BYTES
        && other.kind() == Kind.BYTES
        && isPerOperation() == other.isPerOperation()) {
      return Optional.of(1.0);
    }
    if (isRate() && other.isRate()) {
      return Optional.of(seconds(other.time()) / seconds(time()));
    }
    return Optional.empty();
  }

  /**
   * {@return the unit of time per operation, {@code s/op} for {@code ops/s}}
   *
   * @throws IllegalStateException if this is not a unit of operations per unit of time
   */
  public Unit inverted() {
    if (!isRate()) {
      throw new IllegalStateException("not operations per unit of time: " + text);
    }
    return new Unit(time() + "/op");
  }

  private boolean isRate() {
    return text.startsWith("ops/") && SECONDS.containsKey(text.substring(4));
  }

  private boolean isTime() {
    return !isRate() && SECONDS.containsKey(time());
  }

  private boolean isPerOperation() {
    return text.endsWith("/op");
  }

  private String time() {
    if (text.startsWith("ops/")) {
      return text.substring(4);
    }
    return isPerOperation() ? text.substring(0, text.length() - 3) : text;
  }

  private static double seconds(String time) {
    return Objects.requireNonNull(SECONDS.get(time), time);
  }
}
