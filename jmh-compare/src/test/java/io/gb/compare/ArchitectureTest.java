package io.gb.compare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom. Each rule is also shown a class that breaks it. */
class ArchitectureTest {

  private static final String ROOT = "io.gb.compare";
  private static final ImportOption MAIN = new ImportOption.DoNotIncludeTests();

  private static JavaClasses broken;
  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    // Or it would read the classes of the JDK and of all libraries that ours refer to.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    broken =
        new ClassFileImporter()
            .withImportOption(
                location -> MAIN.includes(location) || location.contains("/stats/Planted.class"))
            .importPackages(ROOT);
    classes = broken.that(DescribedPredicate.not(HasName.Predicates.name(ROOT + ".stats.Planted")));
  }

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
            noClasses().should(ACCESS_STANDARD_STREAMS),
            noClasses().should().callMethod(System.class, "exit", int.class),
            noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".jmh", ROOT + ".report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson.."),
            noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".jmh", ROOT + ".stats", ROOT + ".text")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".measured", ROOT + ".limit", ROOT + ".report"),
            slices().matching("io.gb.(**)").should().beFreeOfCycles())
        .map(rule -> Named.of(rule.getDescription().lines().findFirst().orElseThrow(), rule));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ruleHolds(ArchRule rule) {
    rule.check(classes);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ruleIsBrokenByAPlantedClass(ArchRule rule) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> rule.check(broken))
        .withMessageContaining("Planted.java");
  }

  @Test
  void rulesSeeAllPackagesAndNoTests() {
    assertThat(classes.stream().map(type -> type.getPackageName()).distinct())
        .contains(
            ROOT,
            ROOT + ".jmh",
            ROOT + ".limit",
            ROOT + ".measured",
            ROOT + ".report",
            ROOT + ".stats",
            ROOT + ".text");
    assertThat(classes.contain(ArchitectureTest.class)).isFalse();
  }
}
