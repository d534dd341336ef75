package io.gb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs in each module, over the module's main classes and its pom; see the parent pom. */
public class ArchitectureTest {

  /** Creates it; JUnit does. */
  public ArchitectureTest() {}

  @TestFactory
  Stream<DynamicTest> rules() {
    JavaClasses classes = classes(Path.of("target", "classes"));
    assertThat(classes).as("main classes of " + Path.of("").toAbsolutePath()).isNotEmpty();
    return ArchitectureRules.all().stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  @Test
  void pom() throws IOException {
    assertThat(ModulePom.problems(Path.of("").toAbsolutePath())).isEmpty();
  }

  /**
   * Reads the classes below a folder.
   *
   * @param folder where class files are, in folders named like their packages
   * @return the classes, without those of other modules and of the JDK that they refer to
   */
  public static JavaClasses classes(Path folder) {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/jmh_generated/"))
        .importPath(folder);
  }
}
