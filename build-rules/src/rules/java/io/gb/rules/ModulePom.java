package io.gb.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the pom of a module must say, so that its arrows are allowed and it can be released. */
public final class ModulePom {

  private static final String NAME = "gb.moduleName";

  private ModulePom() {}

  /**
   * Checks one pom.
   *
   * @param folder the folder of the module, beside those of the other modules
   * @return what is wrong, each in a sentence; empty if nothing is
   * @throws IOException if a pom cannot be read
   */
  public static List<String> problems(Path folder) throws IOException {
    Element pom = read(folder);
    String name = text(pom, NAME);
    List<String> problems = new ArrayList<>();
    Set<String> used = new TreeSet<>();
    for (Element dependency : children(pom, "dependency").toList()) {
      if (text(dependency, "groupId").equals("io.gb")
          && !text(dependency, "scope").equals("test")) {
        String artifact = text(dependency, "artifactId");
        used.add(text(read(folder.resolveSibling(artifact.replaceFirst("^gb-", ""))), NAME));
      }
    }
    Set<String> allowed = ModuleArrows.ARROWS.getOrDefault(name, Set.of());
    if (!used.equals(allowed)) {
      problems.add(name + " depends on " + used + ", and should on " + new TreeSet<>(allowed));
    }
    String artifact = "gb-" + folder.getFileName();
    boolean released = !text(pom, "maven.deploy.skip").equals("true");
    boolean listed =
        children(read(folder.resolveSibling("bom")), "artifactId")
            .anyMatch(element -> element.getTextContent().equals(artifact));
    if (listed != (released && !name.equals("io.gb.cli"))) {
      problems.add(artifact + (listed ? " is in the BOM" : " is missing in the BOM"));
    }
    return problems;
  }

  private static Element read(Path folder) throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(folder.resolve("pom.xml").toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  /** The text of the first such element below, or nothing. */
  private static String text(Element parent, String tag) {
    return children(parent, tag).map(Element::getTextContent).findFirst().orElse("");
  }

  private static Stream<Element> children(Element parent, String tag) {
    NodeList all = parent.getElementsByTagName(tag);
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i));
  }
}
