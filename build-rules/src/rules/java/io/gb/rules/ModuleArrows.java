package io.gb.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** Looks at each use of a class of another module. A module owns the packages below its own. */
final class ModuleArrows extends ArchCondition<JavaClass> {

  private static final String ROOT = "io.gb.";

  /** Each module by the package it owns, and the modules that its main classes may use. */
  static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("io.gb.text", Set.of()),
          Map.entry("io.gb.server", Set.of()),
          Map.entry("io.gb.leaks", Set.of("io.gb.text")),
          Map.entry("io.gb.compare", Set.of("io.gb.text")),
          Map.entry("io.gb.harness", Set.of("io.gb.text")),
          Map.entry("io.gb.rules", Set.of()),
          Map.entry("io.gb.demo", Set.of("io.gb.harness", "io.gb.leaks")),
          Map.entry(
              "io.gb.cli",
              Set.of(
                  "io.gb.demo",
                  "io.gb.server",
                  "io.gb.harness",
                  "io.gb.compare",
                  "io.gb.leaks",
                  "io.gb.text")),
          Map.entry(
              "io.gb.benchmarks",
              Set.of("io.gb.demo", "io.gb.server", "io.gb.harness", "io.gb.leaks")),
          Map.entry("io.gb.dist", Set.of("io.gb.cli")));

  ModuleArrows() {
    super("use only modules that their own may use");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String module = module(type.getPackageName());
    Set<String> allowed = ARROWS.get(module);
    if (allowed == null) {
      events.add(SimpleConditionEvent.violated(type, type + ": " + module + " is no known module"));
      return;
    }
    type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> {
          String used = module(dependency.getTargetClass().getPackageName());
          return used.startsWith(ROOT) && !used.equals(module) && !allowed.contains(used);
        })
        .forEach(dependency ->
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
  }

  /** The first three words of the name. */
  private static String module(String packageName) {
    if (!packageName.startsWith(ROOT)) {
      return packageName;
    }
    int end = packageName.indexOf('.', ROOT.length());
    return end < 0 ? packageName : packageName.substring(0, end);
  }
}
