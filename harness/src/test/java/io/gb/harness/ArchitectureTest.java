package io.gb.harness;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.gb.leaks.junit.NoThreadLeaks;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom. Each rule is also shown a class that breaks it. */
@NoThreadLeaks
class ArchitectureTest {

  private static final String ROOT = "io.gb.harness";

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
                location -> MAIN.includes(location) || location.contains("/load/Planted.class"))
            .importPackages(ROOT);
    classes = broken.that(DescribedPredicate.not(name(ROOT + ".load.Planted")));
  }

  static Stream<Named<ArchRule>> rules() {
    return Stream.of(
            noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http.blocking")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc.."),
            noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".stats", ROOT + ".report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.HdrHistogram.."),
            noClasses().should(ACCESS_STANDARD_STREAMS),
            noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class),
            slices().matching("io.gb.(**)").should().beFreeOfCycles(),
            oneDirection())
        .map(rule -> Named.of(rule.getDescription().lines().findFirst().orElseThrow(), rule));
  }

  /** job ← http, stats ← load ← harness ← report; a package of no layer breaks the rule too. */
  private static ArchRule oneDirection() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("job")
        .definedBy(ROOT + ".job")
        .layer("http")
        .definedBy(ROOT + ".http..")
        .layer("stats")
        .definedBy(ROOT + ".stats")
        .layer("load")
        .definedBy(ROOT + ".load")
        .layer("harness")
        .definedBy(ROOT)
        .layer("report")
        .definedBy(ROOT + ".report")
        .whereLayer("job")
        .mayNotAccessAnyLayer()
        .whereLayer("http")
        .mayOnlyAccessLayers("job")
        .whereLayer("stats")
        .mayOnlyAccessLayers("job")
        .whereLayer("load")
        .mayOnlyAccessLayers("job", "http", "stats")
        .whereLayer("harness")
        .mayOnlyAccessLayers("job", "http", "stats", "load")
        .ensureAllClassesAreContainedInArchitecture();
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
        .contains(ROOT, ROOT + ".job", ROOT + ".http", ROOT + ".stats", ROOT + ".load");
    assertThat(classes.contain(ArchitectureTest.class)).isFalse();
    assertThat(broken).hasSize(classes.size() + 1);
  }
}
