package io.gb.compare;

import static java.util.stream.Collectors.toCollection;

import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.Environment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds what was not the same on both sides, apart from the code. */
final class EnvironmentCheck {

  /**
   * What to look at.
   *
   * @param absent what it means that there is none; empty if it only means that it is not known
   */
  private record Aspect(String name, Function<Environment, String> value, String absent) {

    Aspect(String name, Function<Environment, String> value) {
      this(name, value, "");
    }
  }

  private static final List<Aspect> ASPECTS =
      List.of(
          new Aspect("JMH", Environment::jmhVersion),
          new Aspect("JDK", Environment::jdkVersion),
          new Aspect("VM", e -> (e.vmName() + " " + e.vmVersion()).strip()),
          new Aspect("path of java, perhaps another machine", Environment::jvm),
          new Aspect("garbage collector", Environment::collector, "the default"),
          new Aspect("JVM flags", e -> String.join(" ", e.jvmArgs()), "none"),
          new Aspect(
              "number of threads", e -> e.threads() == 0 ? "" : Integer.toString(e.threads())),
          new Aspect("warm-up", Environment::warmup),
          new Aspect("measurement", Environment::measurement));

  private EnvironmentCheck() {}

  /** Warns of each aspect in which a benchmark's environments differ; true if there was one. */
  static boolean check(Measured base, Measured contender, Warnings warnings) {
    if (base.environments().equals(contender.environments()) && base.environments().size() == 1) {
      return false;
    }
    boolean differs = false;
    for (Aspect aspect : ASPECTS) {
      Set<String> ofBase = values(base, aspect);
      Set<String> ofContender = values(contender, aspect);
      boolean known = !ofBase.isEmpty() && !ofContender.isEmpty();
      if (known && (!ofBase.equals(ofContender) || ofBase.size() > 1)) {
        warnings.add(
            Kind.ENVIRONMENT,
            "different "
                + aspect.name()
                + ": "
                + String.join(" or ", ofBase)
                + " and "
                + String.join(" or ", ofContender),
            base.id().label());
        differs = true;
      }
    }
    return differs;
  }

  private static Set<String> values(Measured measured, Aspect aspect) {
    return measured.environments().stream()
        .map(environment -> value(environment, aspect))
        .filter(value -> !value.isEmpty())
        .collect(toCollection(TreeSet::new));
  }

  /** A JMH that is too old to name the path of java does not tell the flags either. */
  private static String value(Environment environment, Aspect aspect) {
    String value = aspect.value().apply(environment);
    return value.isEmpty() && !environment.jvm().isEmpty() ? aspect.absent() : value;
  }
}
