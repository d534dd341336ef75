package io.gb.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is in the jars that others get; skipped if only classes have been built. */
class JarsTest {

  /** It has no Maven metadata inside. */
  private static final String JSPECIFY = "org.jspecify:jspecify";

  @TestFactory
  Stream<DynamicTest> eachJarOfGbHasItsLicenceAndAModuleName() {
    assumeFalse(jars().isEmpty(), "no jar of gb has been built");
    return jars().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getName(),
                () -> {
                  try (JarFile jar = new JarFile(file)) {
                    assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
                    assertThat(text(jar, "META-INF/NOTICE")).contains("The maintainers of gb");
                    assertThat(jar.getManifest().getMainAttributes())
                        .extractingByKey(new Attributes.Name("Automatic-Module-Name"))
                        .asString()
                        .startsWith("io.gb.");
                  }
                }));
  }

  @Test
  void gbJarListsEachLibraryThatItHolds() throws IOException {
    File file =
        jars().stream().filter(jar -> jar.getName().equals("gb.jar")).findFirst().orElse(null);
    assumeFalse(file == null, "gb.jar has not been built");
    try (JarFile jar = new JarFile(file)) {
      List<String> held =
          jar.stream()
              .filter(entry -> entry.getName().endsWith("/pom.properties"))
              .map(entry -> coordinates(jar, entry))
              .filter(library -> !library.startsWith("io.gb:"))
              .toList();
      assertThat(
              text(jar, "META-INF/THIRD-PARTY")
                  .lines()
                  .filter(line -> line.matches("[a-z0-9.-]+:[A-Za-z0-9-]+  .*"))
                  .map(line -> line.replaceFirst(" .*", "")))
          .contains(JSPECIFY)
          .filteredOn(library -> !library.equals(JSPECIFY))
          .containsExactlyInAnyOrderElementsOf(held);
    }
  }

  private static List<File> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(File::new)
        .filter(file -> file.getName().matches("gb(-.*)?\\.jar") && file.isFile())
        .toList();
  }

  private static String coordinates(JarFile jar, ZipEntry entry) {
    Properties properties = new Properties();
    try (var in = jar.getInputStream(entry)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("groupId") + ":" + properties.getProperty("artifactId");
  }

  private static String text(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
  }
}
