package io.gb.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may use whom, for the main classes of any module of this project; see docs/architecture.md. A
 * rule about a package holds trivially in a module that does not have it.
 */
public final class ArchitectureRules {

  /** They are started by people or by the build: they may print, exit, and read the environment. */
  private static final String[] PROGRAMS = {
    "io.gb.cli..", "io.gb.benchmarks..", "io.gb.dist..", "io.gb.rules.."
  };

  private static final DescribedPredicate<JavaClass> LIBRARIES = not(resideInAnyPackage(PROGRAMS));

  /** What reads system properties under a name of its own, by class. */
  private static final Set<String> PROPERTY_READERS =
      Set.of(
          "java.lang.System.getProperty",
          "java.lang.System.getProperties",
          "java.lang.System.setProperty",
          "java.lang.System.setProperties",
          "java.lang.System.clearProperty",
          "java.lang.System.getenv",
          "java.lang.Boolean.getBoolean",
          "java.lang.Integer.getInteger",
          "java.lang.Long.getLong");

  private static final Set<String> EXITS =
      Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt");

  private static final Set<String> STREAMS =
      Set.of(
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.System.console");

  private static final Set<String> THREAD_MAKERS =
      Set.of(
          "java.lang.Thread.<init>",
          "java.lang.Thread.startVirtualThread",
          "java.lang.Thread$Builder.start",
          "java.lang.Thread$Builder.unstarted",
          "java.lang.Thread$Builder$OfPlatform.start",
          "java.lang.Thread$Builder$OfPlatform.unstarted",
          "java.lang.Thread$Builder$OfVirtual.start",
          "java.lang.Thread$Builder$OfVirtual.unstarted",
          "java.util.concurrent.ThreadFactory.newThread");

  /** The processor time that this process used says nothing of threads or of the heap. */
  private static final DescribedPredicate<HasName> PROCESSOR_BEANS =
      HasName.Predicates.nameMatching(
          "java\\.lang\\.management\\.(ManagementFactory|(Platform)?(OperatingSystem|Managed)\\w*)"
              + "|com\\.sun\\.management\\.(Unix)?OperatingSystemMXBean");

  private ArchitectureRules() {}

  /** All rules; their descriptions are unique. */
  public static List<ArchRule> all() {
    return Stream.of(
            noClasses()
                .that(LIBRARIES)
                .should()
                .accessTargetWhere(target(STREAMS).or(printsStackTrace()))
                .as("libraries never use the standard streams"),
            noClasses()
                .that(LIBRARIES)
                .should()
                .accessTargetWhere(target(EXITS))
                .as("libraries never end the JVM"),
            noClasses()
                .that(LIBRARIES)
                .should()
                .accessTargetWhere(target(PROPERTY_READERS))
                .as("libraries use no system property and no environment variable"),
            onlyPackages("org.apache.hc..", "io.gb.harness.http.blocking", "io.gb.demo")
                .as("only harness.http.blocking uses Apache HttpClient, and demo, which shows it"),
            onlyPackages("org.HdrHistogram..", "io.gb.harness.stats", "io.gb.harness.report")
                .as("only harness.stats and harness.report use HdrHistogram"),
            onlyPackages(
                    "tools.jackson..", "io.gb.compare.jmh", "io.gb.compare.report", "io.gb.cli..")
                .as("of the libraries, only compare.jmh and compare.report use Jackson"),
            noClasses()
                .that(LIBRARIES)
                .and()
                .resideOutsideOfPackage("io.gb.leaks.jvm")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                            "java.lang.management..",
                            "javax.management..",
                            "com.sun.management..",
                            "com.sun.tools.attach..")
                        .and(not(PROCESSOR_BEANS)))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.Process(Builder|Handle)?(\\$.*)?")
                .orShould()
                .accessTargetWhere(target(Set.of("java.lang.Runtime.exec")))
                .as("only leaks.jvm asks JVMs or starts processes; all may ask for processor time"),
            classes()
                .that(
                    describe(
                        "create threads",
                        type ->
                            type.getAccessesFromSelf().stream().anyMatch(target(THREAD_MAKERS))))
                .and(LIBRARIES)
                .and()
                .resideOutsideOfPackage("io.gb.demo")
                .should(
                    ArchCondition.from(
                        assignableTo(AutoCloseable.class)
                            .or(
                                describe(
                                    "calling a method join",
                                    type ->
                                        type.getAccessesFromSelf().stream()
                                            .anyMatch(access -> access.getName().equals("join"))))))
                .as(
                    "only demo leaves threads behind: who creates one elsewhere closes or joins"
                        + " it"),
            slices().matching("io.gb.(**)").should().beFreeOfCycles().as("packages have no cycles"),
            noClasses()
                .that(LIBRARIES)
                .and()
                .resideOutsideOfPackages("..report..", "io.gb.leaks.junit", "io.gb.leaks.jmh")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.gb..report..")
                .as("values never use the reports that show them"),
            slices()
                .matching("io.gb.cli.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage("io.gb.cli.command"))
                .as("no command of cli uses another, only what io.gb.cli.command shares"),
            noClasses()
                .that()
                .resideInAPackage("io.gb.cli.command")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("io.gb..")
                        .and(not(resideInAPackage("io.gb.cli.command")))
                        .and(not(resideInAPackage("io.gb.text"))))
                .as("what the commands of cli share uses none of them and no library but text"),
            noClasses()
                .that()
                .resideInAnyPackage("io.gb.compare.jmh..", "io.gb.compare.stats..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.gb.compare")
                .as("compare.jmh and compare.stats do not use the comparison"),
            harnessLayers(),
            leaksLayers(),
            classes()
                .should(new ModuleArrows())
                .as("modules use only the modules that docs/architecture.md allows"),
            classes().should(new PackageSize()).as("packages hold 16 classes at most"))
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  /** A package of neither layer breaks the rule too. */
  private static ArchRule harnessLayers() {
    return Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("job")
        .definedBy("io.gb.harness.job")
        .layer("http")
        .definedBy("io.gb.harness.http..")
        .layer("stats")
        .definedBy("io.gb.harness.stats")
        .layer("load")
        .definedBy("io.gb.harness.load")
        .layer("harness")
        .definedBy("io.gb.harness")
        .layer("report")
        .definedBy("io.gb.harness.report")
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
        .ensureAllClassesAreContainedInArchitectureIgnoring(
            not(resideInAPackage("io.gb.harness..")))
        .as("layers of harness: job; http and stats; load; harness; report");
  }

  private static ArchRule leaksLayers() {
    return Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("dump")
        .definedBy("io.gb.leaks.dump")
        .layer("proof")
        .definedBy("io.gb.leaks.proof")
        .layer("jvm")
        .definedBy("io.gb.leaks.jvm")
        .layer("leaks")
        .definedBy("io.gb.leaks")
        .layer("report")
        .definedBy("io.gb.leaks.report")
        .layer("for tests")
        .definedBy("io.gb.leaks.junit", "io.gb.leaks.jmh")
        .whereLayer("dump")
        .mayNotAccessAnyLayer()
        .whereLayer("proof")
        .mayOnlyAccessLayers("dump")
        .whereLayer("jvm")
        .mayOnlyAccessLayers("dump", "proof")
        .whereLayer("leaks")
        .mayOnlyAccessLayers("dump", "proof", "jvm")
        .whereLayer("report")
        .mayOnlyAccessLayers("dump", "proof", "leaks")
        .ensureAllClassesAreContainedInArchitectureIgnoring(not(resideInAPackage("io.gb.leaks..")))
        .as("layers of leaks: dump; proof; jvm; leaks; report; junit and jmh");
  }

  private static ArchRule onlyPackages(String library, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static DescribedPredicate<JavaAccess<?>> target(Set<String> names) {
    return describe(
        "the target is one of " + names,
        access -> names.contains(access.getTargetOwner().getName() + "." + access.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> printsStackTrace() {
    return describe(
        "a stack trace is printed to standard error",
        access -> access.getTarget().getFullName().endsWith(".printStackTrace()"));
  }
}
