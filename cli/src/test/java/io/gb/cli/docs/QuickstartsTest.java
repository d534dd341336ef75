package io.gb.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The projects in {@code docs/quickstarts} are those in the README, and up to date. */
class QuickstartsTest {

  private static final Pattern PLUGIN =
      Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>[^<]+</version>");

  private static final Pattern VERSION =
      Pattern.compile(
          "<groupId>io.gb</groupId> <artifactId>[a-z-]+</artifactId> <version>([^<]+)</version>");

  @Test
  void dependenciesInThePagesAreThoseOfTheProjects() throws IOException {
    String poms = Snippets.poms();
    assertThat(Page.read("README.md").blocks("xml")).hasSize(3);
    for (Page page : Page.all()) {
      assertThat(page.blocks("xml"))
          .allMatch(block -> Snippets.holds(poms, block), "in a pom of a quickstart");
    }
  }

  @Test
  void versionOfGbIsThatOfThisBuild() throws IOException {
    String bom = Files.readString(Project.root().resolve("bom/pom.xml"));
    List<String> versions =
        VERSION.matcher(Snippets.poms()).results().map(found -> found.group(1)).toList();
    assertThat(versions)
        .hasSize(3)
        .allMatch(version ->
            bom.contains("<artifactId>gb-bom</artifactId>\n  <version>" + version + "<"));
  }

  @Test
  void versionsOfPluginsAreThoseOfThisBuild() throws IOException {
    String parent = withoutBlanks(Files.readString(Project.root().resolve("pom.xml")));
    assertThat(PLUGIN.matcher(Snippets.poms()).results().map(MatchResult::group))
        .hasSizeGreaterThan(10)
        .allMatch(plugin -> parent.contains(withoutBlanks(plugin)), "in the parent pom");
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }
}
