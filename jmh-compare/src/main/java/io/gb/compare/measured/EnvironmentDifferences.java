package io.gb.compare.measured;

import static java.util.stream.Collectors.toCollection;

import io.gb.compare.jmh.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds what differs between the environments in which a benchmark ran on two sides. */
public final class EnvironmentDifferences {

  /**
   * A part of an environment.
   *
   * @param absent what it means if the part is empty; empty if that only means that it is not known
   */
  private record Aspect(String name, Function<Environment, String> value, String absent) {}

  private static final List<Aspect> ASPECTS =
      List.of(
          new Aspect("JMH", Environment::jmhVersion, ""),
          new Aspect("JDK", Environment::jdkVersion, ""),
          new Aspect("VM", e -> (e.vmName() + " " + e.vmVersion()).strip(), ""),
          new Aspect("path of java, perhaps another machine", Environment::jvm, ""),
          new Aspect("garbage collector", Environment::collector, "the default"),
          new Aspect("JVM flags", e -> String.join(" ", e.jvmArgs()), "none"),
          new Aspect(
              "number of threads", e -> e.threads() == 0 ? "" : Integer.toString(e.threads()), ""),
          new Aspect("warm-up", Environment::warmup, ""),
          new Aspect("measurement", Environment::measurement, ""));

  private EnvironmentDifferences() {}

  /**
   * {@return a line for each part in which the environments differ; none if they do not}
   *
   * @param base a benchmark on one side
   * @param contender the same benchmark on the other side
   */
  public static List<String> between(Measured base, Measured contender) {
    if (base.environments().equals(contender.environments()) && base.environments().size() == 1) {
      return List.of();
    }
    List<String> differences = new ArrayList<>();
    for (Aspect aspect : ASPECTS) {
      Set<String> ofBase = values(base, aspect);
      Set<String> ofContender = values(contender, aspect);
      boolean areKnown = !ofBase.isEmpty() && !ofContender.isEmpty();
      if (areKnown && (!ofBase.equals(ofContender) || ofBase.size() > 1)) {
        String both = String.join(" or ", ofBase) + " and " + String.join(" or ", ofContender);
        differences.add("different " + aspect.name() + ": " + both);
      }
    }
    return differences;
  }

  private static Set<String> values(Measured measured, Aspect aspect) {
    return measured.environments().stream()
        .map(environment -> value(environment, aspect))
        .filter(value -> !value.isEmpty())
        .collect(toCollection(TreeSet::new));
  }

  /** A version of JMH that does not write the path of java does not write the flags either. */
  private static String value(Environment environment, Aspect aspect) {
    String value = aspect.value().apply(environment);
    return value.isEmpty() && !environment.jvm().isEmpty() ? aspect.absent() : value;
  }
}
