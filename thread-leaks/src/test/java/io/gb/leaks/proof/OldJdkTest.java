package io.gb.leaks.proof;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.leaks.corpus.Theatre;
import io.gb.leaks.corpus.TravellingTheatre;
import io.gb.leaks.dump.HeapDump;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proof for platform threads on JDK 17, where one is installed. */
@Timeout(120)
class OldJdkTest {

  private static final Path JDKS = Path.of("/usr/lib/jvm");

  private static final Path SOURCES = Path.of("src/test/java/io/gb/leaks/corpus");
  private static final Path DUMPER = Path.of("src/test/java/io/gb/leaks/jvm/TestDump.java");

  @TempDir private Path folder;

  private static Optional<Path> java17() throws IOException {
    if (!Files.isDirectory(JDKS)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(JDKS)) {
      return found
          .filter(jdk -> jdk.getFileName().toString().contains("17"))
          .map(jdk -> jdk.resolve("bin/java"))
          .filter(java -> Files.isExecutable(java) && Files.exists(java.resolveSibling("javac")))
          .findFirst();
    }
  }

  private static Path home(Class<?> c) throws URISyntaxException {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The corpus for the old JVM, whose class files are older than those of the other tests. */
  private Path compile() throws Exception {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(List.of("-source", "17", "-target", "17", "-proc:none", "-nowarn"));
    String classPath = home(Prover.class) + File.pathSeparator + home(NullMarked.class);
    arguments.addAll(List.of("-cp", classPath, "-d", classes.toString()));
    try (Stream<Path> sources = Files.list(SOURCES)) {
      Stream.concat(sources, Stream.of(DUMPER))
          .map(Path::toString)
          .filter(name -> name.endsWith(".java") && !name.endsWith("Test.java"))
          .forEach(arguments::add);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return classes;
  }

  private Theatre play(Path java, Path classes) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                classes + File.pathSeparator + home(Prover.class),
                "-Djava.io.tmpdir=" + folder,
                TravellingTheatre.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return TravellingTheatre.read(Files.readAllLines(output));
  }

  private static Map<String, ThreadFinding> byName(Proof proof) {
    return proof.threads().stream()
        .collect(toMap(ThreadFinding::name, finding -> finding, (one, other) -> one));
  }

  @Test
  void eachThreadGetsItsVerdict() throws Exception {
    Optional<Path> java = java17();
    assumeTrue(java.isPresent(), "no JDK 17 is installed");
    Theatre theatre = play(java.orElseThrow(), compile());
    HeapDump dump = HeapDump.read(theatre.file());
    Derivation derivation = Prover.prove(dump, Rule.all(), theatre.answers());
    Proof proof = derivation.proof();

    assertThat(proof.javaVersion()).startsWith("17.");
    assertThat(theatre.expected().keySet()).noneMatch(name -> name.contains("/virtual/"));
    assertThat(theatre.expected()).containsKey("kubernetes58107/leaky/platform/sync");
    assertThat(theatre.mistakes(byName(proof))).isEmpty();
    assertThat(CertificateChecker.violations(theatre.file(), Certificate.of(dump, derivation)))
        .isEmpty();

    // A thread group knows its threads there: without that rule no leak is found but a deadlock of
    // monitors, which needs no search.
    Set<Rule> others = Hazard.allBut(Rule.CUT_THREAD_GROUPS_OF_JVM);
    assertThat(Prover.prove(dump, others, theatre.answers()).proof().threads())
        .filteredOn(finding -> finding.verdict() == Verdict.LEAKED)
        .allMatch(finding -> finding.name().startsWith("monitorOrder/leaky/"));
  }
}
