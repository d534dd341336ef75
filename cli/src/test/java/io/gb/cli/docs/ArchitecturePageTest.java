package io.gb.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} names classes that exist, all modules, and their dependencies. */
class ArchitecturePageTest {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern ARROW = Pattern.compile("(?m)^ *([a-z-]+) (-->|-\\.->) ([a-z-]+)$");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>io\\.gb</groupId>\\s*<artifactId>gb-([a-z-]+)</artifactId>"
              + "\\s*(<scope>test</scope>)?");

  @Test
  void arrowsAreTheDependenciesOfTheModules() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (String module : modules()) {
      if (module.equals("bom")) {
        continue; // It names versions, and depends on nothing.
      }
      String pom = Files.readString(Project.root().resolve(module).resolve("pom.xml"));
      DEPENDENCY
          .matcher(pom)
          .results()
          // Every module has it, for its tests.
          .filter(found -> !found.group(1).equals("build-rules"))
          .map(found -> module + (found.group(2) == null ? " --> " : " -.-> ") + found.group(1))
          .forEach(expected::add);
    }
    assertThat(expected).contains("cli --> harness", "harness -.-> embedded-server");
    assertThat(arrows(page())).isEqualTo(expected);
  }

  @Test
  void tableHasAllModules() throws IOException {
    assertThat(page().links().stream().map(Page.Link::file).map(Path::toString))
        .containsAll(modules().stream().map(Project.root()::resolve).map(Path::toString).toList());
  }

  @Test
  void everyClassNamedExists() throws IOException {
    List<String> named = types(page());
    assertThat(named).hasSizeGreaterThan(10).isSubsetOf(Mentioned.javaFiles().keySet());
  }

  @Test
  void classesAndArrowsAreFoundInThePage() {
    Page page =
        new Page(Path.of("x"), "`Main.run`, `NoSuchClass` and `gb`\n  a --> b\n  c -.-> d\n");
    assertThat(types(page)).containsExactly("Main", "NoSuchClass");
    assertThat(arrows(page)).containsExactly("a --> b", "c -.-> d");
  }

  private static Page page() throws IOException {
    return Page.read("docs/architecture.md");
  }

  private static List<String> modules() throws IOException {
    String parent = Files.readString(Project.root().resolve("pom.xml"));
    return MODULE.matcher(parent).results().map(found -> found.group(1)).toList();
  }

  private static Set<String> arrows(Page page) {
    return ARROW
        .matcher(page.text())
        .results()
        .map(arrow -> arrow.group(1) + " " + arrow.group(2) + " " + arrow.group(3))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> types(Page page) {
    return TYPE.matcher(page.text()).results().map(found -> found.group(1)).distinct().toList();
  }
}
