package io.gb.leaks.proof;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.leaks.dump.HeapDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proof for platform threads on JDK 17, where one is installed. */
@Timeout(120)
class OldJdkTest {

  private static final Path JDKS = Path.of("/usr/lib/jvm");

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

  private Path dump() throws Exception {
    Optional<Path> java = java17();
    assumeTrue(java.isPresent(), "no JDK 17 is installed");
    Path source = folder.resolve("OldProgram.java");
    try (InputStream in = OldJdkTest.class.getResourceAsStream("OldProgram.java.txt")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    Path classes =
        Path.of(Prover.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path dump = folder.resolve("old.hprof");
    Process process =
        new ProcessBuilder(
                java.orElseThrow().toString(),
                "-cp",
                classes.toString(),
                source.toString(),
                dump.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return dump;
  }

  private static Map<String, Verdict> verdicts(Proof proof) {
    return proof.threads().stream()
        .filter(thread -> thread.name().matches("[A-Z_]+ [a-z]+"))
        .collect(toMap(ThreadFinding::name, ThreadFinding::verdict));
  }

  @Test
  void eachThreadGetsTheVerdictOfItsName() throws Exception {
    Path file = dump();
    Proof proof = Prover.prove(file);

    assertThat(proof.javaVersion()).startsWith("17.");
    assertThat(verdicts(proof)).hasSize(9);
    assertThat(verdicts(proof))
        .allSatisfy((name, verdict) -> assertThat(name).startsWith(verdict.name() + " "));
    assertThat(CertificateChecker.violations(file, proof.certificate())).isEmpty();

    // A thread group knows its threads there: without that rule, no leak is found.
    Proof without =
        Prover.prove(
            HeapDump.read(file), EnumSet.complementOf(EnumSet.of(Rule.CUT_THREAD_GROUP)), Map.of());
    assertThat(verdicts(without)).doesNotContainValue(Verdict.LEAKED);
  }
}
