package io.gb.canary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.gb.rules.ArchitectureRules;
import io.gb.rules.ArchitectureTest;
import io.gb.rules.ModulePom;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the architecture is shown classes that break it, and some that come close. */
class ArchitectureRulesTest {

  @TempDir private Path folder;

  /**
   * A rule and sources that break it. A source is a package, a space, and the class Planted.
   *
   * @param rule how the description of the rule starts
   * @param sources what is planted
   */
  record Plant(String rule, List<String> sources) {

    static Plant of(String rule, String... sources) {
      return new Plant(rule, List.of(sources));
    }
  }

  static Stream<Plant> plants() {
    return Stream.of(
        Plant.of(
            "libraries never use the standard streams", method("server", "System.out.flush()")),
        Plant.of(
            "libraries never use the standard streams",
            method("leaks", "new java.io.IOException().printStackTrace()")),
        Plant.of("libraries never end the JVM", method("demo", "System.exit(0)")),
        Plant.of("libraries never end the JVM", method("demo", "Runtime.getRuntime().halt(0)")),
        Plant.of("libraries use no system property", method("harness", "Long.getLong(\"x\")")),
        Plant.of("libraries use no system property", method("compare", "System.getenv()")),
        Plant.of(
            "only harness.http.blocking uses Apache",
            "org.apache.hc public class Planted {}",
            uses("io.gb.harness.http.loop", "org.apache.hc")),
        Plant.of(
            "only harness.stats and harness.report use HdrHistogram",
            "org.HdrHistogram public class Planted {}",
            uses("io.gb.harness.load", "org.HdrHistogram")),
        Plant.of(
            "of the libraries, only compare.jmh and compare.report use Jackson",
            "tools.jackson.core public class Planted {}",
            uses("io.gb.compare.stats", "tools.jackson.core")),
        Plant.of(
            "only leaks.jvm asks JVMs",
            method(
                "leaks.proof",
                "java.lang.management.ManagementFactory.getThreadMXBean().getThreadCount()")),
        Plant.of("only leaks.jvm asks JVMs", method("server", "new ProcessBuilder(\"x\")")),
        Plant.of("only leaks.jvm asks JVMs", method("harness", "ProcessHandle.current()")),
        Plant.of(
            "only demo leaves threads behind",
            method("harness.load", "Thread.ofVirtual().start(() -> {})")),
        Plant.of("only demo leaves threads behind", method("server", "new Thread(() -> {})")),
        Plant.of(
            "packages have no cycles",
            uses("io.gb.server.one", "io.gb.server.two"),
            uses("io.gb.server.two", "io.gb.server.one")),
        Plant.of(
            "values never use the reports",
            "io.gb.leaks.report public class Planted {}",
            uses("io.gb.leaks", "io.gb.leaks.report")),
        Plant.of(
            "no command of cli uses another",
            "io.gb.cli.serve public class Planted {}",
            uses("io.gb.cli.load", "io.gb.cli.serve")),
        Plant.of(
            "what the commands of cli share",
            "io.gb.cli.serve public class Planted {}",
            uses("io.gb.cli.command", "io.gb.cli.serve")),
        Plant.of(
            "compare.jmh and compare.stats",
            "io.gb.compare public class Planted {}",
            uses("io.gb.compare.jmh", "io.gb.compare")),
        Plant.of(
            "layers of harness",
            "io.gb.harness public class Planted {}",
            uses("io.gb.harness.load", "io.gb.harness")),
        Plant.of("layers of harness", "io.gb.harness.attic public class Planted {}"),
        Plant.of(
            "layers of leaks",
            "io.gb.leaks.proof public class Planted {}",
            uses("io.gb.leaks.dump", "io.gb.leaks.proof")),
        Plant.of("layers of leaks", "io.gb.leaks.attic public class Planted {}"),
        Plant.of(
            "modules use only",
            "io.gb.server public class Planted {}",
            uses("io.gb.harness", "io.gb.server")),
        Plant.of("modules use only", "io.gb.annexe public class Planted {}"),
        Plant.of(
            "packages hold 16 classes",
            "io.gb.server public class Planted {} "
                + IntStream.rangeClosed(1, 16)
                    .mapToObj(i -> "class Planted" + i + " {}")
                    .collect(joining(" "))),
        Plant.of("packages hold 16 classes", "io.gb.leaks.proof public class Planted {}"));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void aPlantedFaultIsFound(Plant plant) throws IOException {
    assertThat(broken(compiled(plant.sources())))
        .as(plant.toString())
        .anyMatch(rule -> rule.startsWith(plant.rule()));
  }

  @Test
  void eachRuleHasAPlantedFault() {
    assertThat(ArchitectureRules.all())
        .extracting(ArchRule::getDescription)
        .doesNotHaveDuplicates()
        .allMatch(rule -> plants().anyMatch(plant -> rule.startsWith(plant.rule())));
  }

  @Test
  void whatIsAllowedBreaksNoRule() throws IOException {
    assertThat(
            broken(
                compiled(
                        List.of(
                            "org.apache.hc public class Planted {}",
                            "org.HdrHistogram public class Planted {}",
                            "tools.jackson.core public class Planted {}",
                            uses("io.gb.harness.http.blocking", "org.apache.hc"),
                            uses("io.gb.harness.stats", "org.HdrHistogram"),
                            uses("io.gb.compare.report", "tools.jackson.core"),
                            method("cli.serve", "System.out.println(System.getenv())"),
                            method("leaks.jvm", "ProcessHandle.current()"),
                            method(
                                "harness",
                                "java.lang.management.ManagementFactory"
                                    + ".getOperatingSystemMXBean().getArch()"),
                            "io.gb.server public class Planted implements AutoCloseable {"
                                + " Thread t = new Thread(() -> {}); public void close() {} }",
                            method("demo", "new Thread(() -> {})"),
                            "io.gb.cli.command public class Planted {}",
                            uses("io.gb.cli.load", "io.gb.cli.command")))
                    .that(resideInAPackage("io.gb.."))))
        .isEmpty();
  }

  @Test
  void thePomOfTheHarnessHasNoFaultUntilOneIsPlanted() throws IOException {
    Path root = Path.of("..").toRealPath();
    for (String module : List.of("bom", "harness", "embedded-server", "text", "thread-leaks")) {
      Files.copy(
          root.resolve(module).resolve("pom.xml"),
          Files.createDirectory(folder.resolve(module)).resolve("pom.xml"));
    }
    Path harness = folder.resolve("harness");
    String good = Files.readString(harness.resolve("pom.xml"));
    assertThat(ModulePom.problems(harness)).isEmpty();
    Files.writeString(
        harness.resolve("pom.xml"),
        good.replaceFirst("(?s)(embedded-server</artifactId>).*?<scope>test</scope>", "$1"));
    assertThat(ModulePom.problems(harness))
        .singleElement()
        .asString()
        .startsWith("io.gb.harness depends on [")
        .contains("io.gb.server");
    Files.writeString(
        harness.resolve("pom.xml"),
        good.replace("</properties>", "<maven.deploy.skip>true</maven.deploy.skip></properties>"));
    assertThat(ModulePom.problems(harness)).containsExactly("gb-harness is in the BOM");
    Files.writeString(harness.resolve("pom.xml"), good);
    Path bom = folder.resolve("bom/pom.xml");
    Files.writeString(bom, Files.readString(bom).replace("gb-harness", "gb-other"));
    assertThat(ModulePom.problems(harness)).containsExactly("gb-harness is missing in the BOM");
  }

  @Test
  void everyModuleWithClassesRunsTheRules() throws IOException {
    Path root = Path.of("..").toRealPath();
    List<String> modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(root.resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .filter(module -> Files.isDirectory(root.resolve(module).resolve("src/main/java")))
            .toList();
    assertThat(modules).contains("text", "harness");
    assertThat(modules)
        .allSatisfy(module ->
            assertThat(root.resolve(module).resolve("pom.xml"))
                .content()
                .contains("<artifactId>gb-build-rules</artifactId>"));
  }

  private static List<String> broken(JavaClasses classes) {
    return ArchitectureRules.all().stream()
        .filter(rule -> rule.evaluate(classes).hasViolation())
        .map(ArchRule::getDescription)
        .toList();
  }

  private JavaClasses compiled(List<String> sources) {
    List<JavaFileObject> files = sources.stream().map(ArchitectureRulesTest::file).toList();
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-d", folder.toString()), null, files)
                .call())
        .isTrue();
    return ArchitectureTest.classes(folder);
  }

  private static JavaFileObject file(String source) {
    String[] parts = source.split(" ", 2);
    return new SimpleJavaFileObject(
        URI.create("memory:/" + parts[0].replace('.', '/') + "/Planted.java"),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return "package " + parts[0] + "; " + parts[1];
      }
    };
  }

  private static String method(String name, String statement) {
    return "io.gb." + name + " public class Planted { void run() { " + statement + "; } }";
  }

  private static String uses(String user, String used) {
    return user + " public class Planted { " + used + ".Planted other; }";
  }
}
