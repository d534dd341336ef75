package io.gb.compare;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.gb.compare.Warning.Kind;
import io.gb.compare.jmh.Environment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what was not the same on both sides, apart from the code. */
final class EnvironmentCheck {

  private record Aspect(String name, Function<Environment, String> value) {}

  private static final List<Aspect> ASPECTS =
      List.of(
          new Aspect("JMH", Environment::jmhVersion),
          new Aspect("JDK", Environment::jdkVersion),
          new Aspect("VM", e -> (e.vmName() + " " + e.vmVersion()).strip()),
          new Aspect("path of java, perhaps machine", Environment::jvm),
          new Aspect("garbage collector", Environment::collector),
          new Aspect("JVM flags", e -> String.join(" ", e.jvmArgs())),
          new Aspect("threads", e -> e.threads() == 0 ? "" : Integer.toString(e.threads())),
          new Aspect("warm-up", Environment::warmup),
          new Aspect("measurement", Environment::measurement));

  /** The flags may be missing because there are none, or because the JMH is too old to say. */
  private static final Set<String> EMPTY_IS_A_VALUE = Set.of("JVM flags", "garbage collector");

  private EnvironmentCheck() {}

  /** Warns of each aspect in which a benchmark's environments differ; true if there was one. */
  static boolean check(Measured base, Measured contender, String label, Warnings warnings) {
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
            "different " + aspect.name() + ": " + shown(ofBase) + " and " + shown(ofContender),
            label);
        differs = true;
      }
    }
    return differs;
  }

  private static Set<String> values(Measured measured, Aspect aspect) {
    Stream<String> values =
        measured.environments().stream()
            .filter(e -> !EMPTY_IS_A_VALUE.contains(aspect.name()) || !e.jvm().isEmpty())
            .map(aspect.value());
    if (!EMPTY_IS_A_VALUE.contains(aspect.name())) {
      values = values.filter(value -> !value.isEmpty());
    }
    return values.collect(toCollection(TreeSet::new));
  }

  private static String shown(Set<String> values) {
    return values.stream().map(value -> value.isEmpty() ? "none" : value).collect(joining(" or "));
  }
}
