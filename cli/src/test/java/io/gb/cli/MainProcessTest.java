package io.gb.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in a process of its own: what only a real standard output and locale show. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@NoThreadLeaks
class MainProcessTest {

  @TempDir private Path folder;

  private static ProcessBuilder inLocale(String locale, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.environment().put("LC_ALL", locale);
    return builder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void aReaderThatEndsFirstEndsTheCommandQuietlyWith141(String locale) throws Exception {
    Path err = folder.resolve("err");
    Process process = inLocale(locale, "serve", "-h").redirectError(err.toFile()).start();
    process.getInputStream().close();
    assertThat(process.waitFor()).isEqualTo(141);
    assertThat(err).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void aFullDeviceIsAnError(String locale) throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "there is no /dev/full");
    Process process = inLocale(locale, "-h").redirectOutput(full).start();
    assertThat(process.errorReader(UTF_8).lines())
        .containsExactly("gb: standard output: cannot be written");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void theLocaleCGetsAsciiAlone() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command("demo", "-c", "3", "-n", "100"));
    builder.environment().putAll(Map.of("LC_ALL", "C"));
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(US_ASCII.newEncoder().canEncode(out)).isTrue();
    assertThat(out)
        .contains("3 x gb-worker-* virtual WAITING at Waiters.park <- Waiters.await <-")
        .doesNotContain(" ? ");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void charactersThatTheCharsetHasAreKept() {
    String text = "3 \u00d7 \u00e4 \u2190 \u65e5\n";
    assertThat(printed(text, ISO_8859_1)).isEqualTo("3 \u00d7 \u00e4 <- ?\n");
    assertThat(printed(text, US_ASCII)).isEqualTo("3 x ? <- ?\n");
    assertThat(printed(text, UTF_8)).isEqualTo(text);
    assertThat(printed("FASTER \u00b9 \u2074", US_ASCII)).isEqualTo("FASTER [1] [4]");
  }

  private static String printed(String text, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = AsciiOutput.of(new PrintStream(bytes, false, charset));
    out.print(text);
    out.flush();
    return bytes.toString(charset);
  }

  /** With -v 4 the listener writes, without it the progress does, into a pipe that is full. */
  @ParameterizedTest
  @CsvSource({"-v 4 --engine loop", "-v 4 --engine core", "-v 4 --engine client", "--engine loop"})
  void aPipeThatNobodyReadsDoesNotHoldUpTheTimeLimit(String options) throws Exception {
    try (RawServer server = RawServer.friendly()) {
      Process process = unread(options + " -t 0.5 -n 1000000000", server);
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(out).contains("Ended early:            time limit; ", "\nComplete requests: ");
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aPipeThatNobodyReadsDoesNotCostTheReportOfAnInterruptedRun() throws Exception {
    try (RawServer server = RawServer.friendly()) {
      Process process = unread("-v 4 -n 1000000000", server);
      server.awaitRequests(1);
      // Without closing its streams, as destroy() of the process itself does.
      assertThat(process.toHandle().destroy()).isTrue();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(out).contains("Ended early:            interrupted; ");
      assertThat(process.waitFor()).isEqualTo(143);
    }
  }

  /** Starts a run whose standard error is a pipe that is full from the start. */
  private static Process unread(String options, RawServer server) throws IOException {
    List<String> run = command(("-k " + options + " " + server.url()).split(" ", -1));
    List<String> shell =
        new ArrayList<>(List.of("/bin/sh", "-c", "head -c 65536 /dev/zero >&2; exec \"$@\"", "sh"));
    shell.addAll(run);
    return new ProcessBuilder(shell).start();
  }

  @Test
  void tooFewDescriptorsForTheThreadsAreOneLine() throws Exception {
    String serve = String.join(" ", command("serve", "--io-threads", "256"));
    Process process = new ProcessBuilder("/bin/sh", "-c", "ulimit -n 100; exec " + serve).start();
    assertThat(process.errorReader(UTF_8).lines())
        .singleElement()
        .asString()
        .isEqualTo("gb: cannot start 256 I/O threads: Too many open files");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void aTemporaryFolderThatIsMissingIsOneLine() throws Exception {
    Path missing = folder.resolve("missing");
    List<String> command = command("demo", "-c", "1", "-n", "1");
    command.add(1, "-Djava.io.tmpdir=" + missing);
    Process process = new ProcessBuilder(command).start();
    assertThat(process.errorReader(UTF_8).lines().filter(line -> !line.startsWith("WARNING:")))
        .singleElement()
        .asString()
        .startsWith("gb: " + missing)
        .endsWith(": no such file");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  /** Starts gb in a JVM that says it is of Java 17. */
  static final class OnJava17 {

    private OnJava17() {}

    public static void main(String[] args) {
      System.setProperty("java.specification.version", "17");
      Start.main(args);
    }
  }

  @Test
  void anOldJavaIsToldWhatIsNeeded() throws Exception {
    try (DataInputStream in =
        new DataInputStream(
            Objects.requireNonNull(Main.class.getResourceAsStream("Start.class")))) {
      assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
      assertThat(in.readInt()).as("the class file version of Java 8").isEqualTo(52);
    }
    List<String> command = command("-V");
    command.set(command.indexOf(Main.class.getName()), Start.class.getName());
    assertThat(outOf(command)).startsWith("This is gb, ");
    command.set(command.indexOf(Start.class.getName()), OnJava17.class.getName());
    Process process = new ProcessBuilder(command).start();
    assertThat(process.errorReader(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("gb: needs Java 25 or newer; this is Java 17, ");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  private static String outOf(List<String> command) throws IOException {
    return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), UTF_8);
  }

  private static List<String> command(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    return command;
  }
}
