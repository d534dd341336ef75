package io.gb.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.TreeMap;

/** Counts the top-level classes of each package, without package-info. */
final class PackageSize extends ArchCondition<JavaClass> {

  private static final int MOST = 16;

  /** Larger packages, and why each is not split. Remove an entry once the package is small. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of("io.gb.leaks.proof", "one algorithm: the search for threads that can never wake");

  private final Map<String, Integer> sizes = new TreeMap<>();

  PackageSize() {
    super("be one of %d in its package", MOST);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
      sizes.merge(type.getPackageName(), 1, Integer::sum);
    }
  }

  @Override
  public void finish(ConditionEvents events) {
    sizes.forEach((name, size) -> {
      boolean large = size > MOST;
      if (large != EXCEPTIONS.containsKey(name)) {
        String message =
            large
                ? name + " holds " + size + " classes, more than " + MOST
                : name + " holds " + size + " classes and needs no exception";
        events.add(SimpleConditionEvent.violated(name, message));
      }
    });
    sizes.clear();
  }
}
