package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code gb} finds a JDK, builds the jar if it must, and passes everything through. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
@NoThreadLeaks
class LauncherTest {

  @TempDir private Path folder;
  private Launcher launcher;

  @BeforeEach
  void copy() throws IOException {
    launcher = new Launcher(folder);
  }

  @Test
  void gbJavaHomeComesFirst() throws IOException, InterruptedException {
    Path wanted = launcher.installJdk("wanted", "25");
    launcher.set("GB_JAVA_HOME", wanted.toString());
    launcher.set("JAVA_HOME", launcher.installJdk("other", "26").toString());
    launcher.addToPath(launcher.installJdk("path", "27").resolve("bin"));
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @Test
  void javaHomeComesSecond() throws IOException, InterruptedException {
    Path wanted = launcher.installJdk("wanted", "25.0.3");
    launcher.set("JAVA_HOME", wanted.toString());
    launcher.addToPath(launcher.installJdk("path", "26").resolve("bin"));
    launcher.installJdk("usr/lib/jvm/java-27", "27");
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @Test
  void javaOnThePathComesThird() throws IOException, InterruptedException {
    Path wanted = launcher.installJdk("wanted", "25");
    launcher.addToPath(wanted.resolve("bin"));
    launcher.installJdk("usr/lib/jvm/java-26", "26");
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @Test
  void aLinkOnThePathIsFollowedToItsJdk() throws IOException, InterruptedException {
    Path wanted = launcher.installJdk("wanted", "26-ea");
    Files.createSymbolicLink(launcher.root().resolve("bin/java"), wanted.resolve("bin/java"));
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/jvm/temurin-25",
        "usr/java/jdk-25",
        "opt/java/jdk-25",
        "opt/jdk-25",
        "home/.jdks/temurin-25",
        "home/.sdkman/candidates/java/25-tem",
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home"
      })
  void theUsualFoldersComeLast(String usual) throws IOException, InterruptedException {
    Path wanted = launcher.installJdk(usual, "25");
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24.0.2", "21", "17.0.15", "1.8.0_452", "", "soon"})
  void anOlderJdkIsPassedOver(String version) throws IOException, InterruptedException {
    Path old = launcher.installJdk("old", version);
    launcher.set("JAVA_HOME", old.toString()).addToPath(old.resolve("bin"));
    launcher.installJdk("usr/lib/jvm/a-older", version);
    Path wanted = launcher.installJdk("usr/lib/jvm/b-newer", "25");
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @Test
  void aFolderThatIsNoJdkIsPassedOver() throws IOException, InterruptedException {
    launcher.set("JAVA_HOME", folder.toString());
    Path wanted = launcher.installJdk("usr/lib/jvm/wanted", "25");
    assertThat(launcher.run().out()).startsWith(wanted + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "missing"})
  void aWrongGbJavaHomeIsReportedWhateverElseThereIs(String name)
      throws IOException, InterruptedException {
    launcher.installJdk("old", "24");
    Path wrong = launcher.root().resolve(name);
    launcher.set("GB_JAVA_HOME", wrong.toString());
    launcher.set("JAVA_HOME", launcher.installJdk("good", "25").toString());
    Launcher.Result result = launcher.run();
    assertThat(result.err())
        .isEqualTo("gb: GB_JAVA_HOME=" + wrong + " is not the home of a JDK 25 or newer\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void withoutAJdkItSaysWhatToInstall() throws IOException, InterruptedException {
    Launcher.Result result = launcher.run("-n", "1");
    assertThat(result.err())
        .isEqualTo(
            "gb: needs a JDK 25 or newer: install one (for example Temurin 25),"
                + " or point GB_JAVA_HOME to it\n");
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void argumentsExitCodeAndStandardErrorPassThrough() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    String[] args = {"-H", "X: a  b", "it's", "\"quoted\"", "$HOME `x` \\ *", "", "-n1"};
    Launcher.Result result = launcher.run(args);
    assertThat(result.arguments())
        .containsExactlyElementsOf(Arrays.stream(args).map(arg -> "[" + arg + "]").toList());
    assertThat(result.err()).isEqualTo("oops\n");
    assertThat(result.code()).isEqualTo(7);
  }

  @Test
  void withoutATerminalTheJvmGetsNoPropertyForOne() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    assertThat(launcher.run().out())
        .contains("[-jar]\n[" + launcher.home().toRealPath() + "/cli/target/gb.jar]\n")
        .doesNotContain("gb.columns");
  }

  /** {@code script} gives the launcher a terminal, {@code stty} sets its width. */
  @ParameterizedTest
  @CsvSource({
    "stty cols 60; /bin/sh ./gb, 60",
    "stty cols 0; COLUMNS=70 /bin/sh ./gb, 70",
    "stty cols 0; COLUMNS=x /bin/sh ./gb, 80"
  })
  void theWidthOfATerminalIsPassedOn(String line, int columns)
      throws IOException, InterruptedException {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "there is no script: see the package bsdutils");
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    assertThat(launcher.runLine(script + " -qec '" + line + "' /dev/null").out())
        .contains("[-Dgb.columns=" + columns + "]");
  }

  @Test
  void symbolicLinksLeadHome() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Path bin = Files.createDirectories(folder.resolve("my bin"));
    Path first = Files.createSymbolicLink(bin.resolve("first"), launcher.script());
    Files.createSymbolicLink(bin.resolve("second"), first.getFileName());
    assertThat(launcher.runAs("my bin/second", folder).out())
        .contains("[" + launcher.home().toRealPath() + "/cli/target/gb.jar]");
  }

  @Test
  void aSearchPathForCdDoesNotLeadAstray() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    String name = launcher.home().getFileName().toString();
    Files.createDirectories(folder.resolve("astray").resolve(name));
    launcher.set("CDPATH", folder.resolve("astray").toString());
    assertThat(launcher.runAs(name + "/gb", folder).out())
        .contains("[" + launcher.home().toRealPath() + "/cli/target/gb.jar]");
  }

  @Test
  void theJarIsBuiltAgainIfAnythingItIsMadeFromIsNewer() throws IOException {
    String cli = Files.readString(Project.root().resolve("cli/pom.xml"));
    List<String> modules =
        Pattern.compile("<artifactId>gb-([a-z-]+)</artifactId>\\s*(?!\\s|<scope>|<version>)")
            .matcher(cli)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(modules).contains("cli", "harness");
    assertThat(Files.readString(Project.root().resolve("gb")))
        .containsPattern("for module in " + modules.stream().sorted().collect(joining(" ")) + ";");
  }

  @Test
  void anUnpackedArchiveBringsItsOwnJvm() throws IOException, InterruptedException {
    Path runtime = launcher.installJdk("runtime", "25");
    Path archive = launcher.root();
    Files.copy(launcher.script(), archive.resolve("bin/gb"));
    launcher.set("JAVA_HOME", launcher.installJdk("usr/lib/jvm/other", "26").toString());
    Launcher.Result run = launcher.runAs(archive.resolve("bin/gb").toString(), folder, "-n", "1");
    assertThat(run.out())
        .startsWith(runtime.toRealPath() + "\n")
        .contains("[-jar]\n[" + archive.toRealPath() + "/lib/gb.jar]\n[-n]");
    assertThat(launcher.runAs(archive.resolve("bin/gb").toString(), folder, "compare").out())
        .contains("[-Dgb.jmh.java=" + launcher.root() + "/usr/lib/jvm/other/bin/java]\n");
  }

  @Test
  void aMissingJarIsBuiltFirst() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Files.delete(launcher.home().resolve("cli/target/gb.jar"));
    launcher.addCommand("mvn", "printf '[%s]' \"$@\" >mvn-args; touch cli/target/gb.jar\n");
    Launcher.Result result = launcher.run();
    assertThat(launcher.home().resolve("mvn-args"))
        .hasContent(
            "[-B][-q][-pl][cli][-am][package][-Dmaven.test.skip=true]"
                + "[-Dspotless.check.skip][-Denforcer.skip]");
    assertThat(result.err()).isEqualTo("gb: building cli/target/gb.jar ...\noops\n");
    assertThat(result.code()).isEqualTo(7);
  }

  @Test
  void aFailedBuildShowsItsLog() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Files.delete(launcher.home().resolve("cli/target/gb.jar"));
    launcher.addCommand("mvn", "echo 'what went wrong'; exit 3\n");
    Launcher.Result result = launcher.run();
    assertThat(result.err())
        .isEqualTo(
            """
            gb: building cli/target/gb.jar ...
            what went wrong
            gb: the build failed, see above
            """);
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Files.delete(launcher.home().resolve("cli/target/gb.jar"));
    Launcher.Result result = launcher.run();
    assertThat(result.err()).isEqualTo("gb: needs Maven to build itself: install mvn\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void withoutMavenAnOlderJarIsRun() throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    launcher.makeJarStale();
    Launcher.Result result = launcher.run();
    assertThat(result.err())
        .isEqualTo(
            "gb: running a jar older than its sources, because gb needs Maven to build itself:"
                + " install mvn\noops\n");
    assertThat(result.code()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFolderThatCannotBeWrittenIsOneLine(boolean hasJar)
      throws IOException, InterruptedException {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    launcher.addCommand("mvn", "echo 'a stack of errors'; exit 3\n");
    launcher.makeJarStale();
    Path target = launcher.home().resolve("cli/target");
    if (!hasJar) {
      Files.delete(target.resolve("gb.jar"));
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(target), "the superuser writes everywhere");
      Launcher.Result result = launcher.run();
      String obstacle =
          "cannot build itself: no permission to write to " + target.toRealPath() + "\n";
      assertThat(result.err())
          .isEqualTo(
              hasJar
                  ? "gb: running a jar older than its sources, because gb " + obstacle + "oops\n"
                  : "gb: " + obstacle);
      assertThat(result.code()).isEqualTo(hasJar ? 7 : 1);
    } finally {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The build of the first run goes on until the second one says that it waits. */
  @Test
  void ofTwoFirstRunsOneBuildsAndTheOtherWaits() throws Exception {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Files.delete(launcher.home().resolve("cli/target/gb.jar"));
    launcher.addCommand(
        "mvn",
        "echo built >>builds; until grep -q 'waiting for process' '"
            + launcher.root()
            + "'/err*; do sleep 0.1; done; touch cli/target/gb.jar\n");
    try (ExecutorService runs = Executors.newFixedThreadPool(2)) {
      List<Future<Launcher.Result>> results =
          runs.invokeAll(List.of(() -> launcher.run(), () -> launcher.run()));
      for (Future<Launcher.Result> result : results) {
        assertThat(result.get().code()).isEqualTo(7);
      }
    }
    assertThat(launcher.home().resolve("builds")).hasContent("built");
    assertThat(launcher.home().resolve("cli/target/gb.building")).doesNotExist();
  }

  @Test
  void theLockOfAProcessThatEndedIsPassedOver() throws Exception {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Files.delete(launcher.home().resolve("cli/target/gb.jar"));
    launcher.addCommand("mvn", "touch cli/target/gb.jar\n");
    Process ended = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
    ended.waitFor();
    Path lock = launcher.home().resolve("cli/target/gb.building");
    Files.createSymbolicLink(lock, Path.of(Long.toString(ended.pid())));
    assertThat(launcher.run().err()).isEqualTo("gb: building cli/target/gb.jar ...\noops\n");
    assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({">&-, 1", "'<&- >&- 2>&-', 1", "<&-, 7", "2>&-, 7"})
  void onlyAClosedStandardOutputIsAnError(String closed, int code) throws Exception {
    launcher.installJdk("usr/lib/jvm/jdk", "25");
    Launcher.Result result = launcher.runLine("gb " + closed);
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.out().isEmpty()).isEqualTo(code == 1);
    if (closed.equals(">&-")) {
      assertThat(result.err()).isEqualTo("gb: standard output is closed\n");
    }
  }

  /**
   * Its java finds the cache damaged if that holds this word, and counts the checks of a sound one.
   */
  @Test
  void theCacheIsCheckedOnceAndAgainWhenItWasWritten() throws Exception {
    Path jdk = launcher.installJdk("usr/lib/jvm/jdk", "25");
    Path cache = launcher.home().resolve("cli/target/gb.aot");
    Path checks = launcher.home().resolve("checks");
    Path java = jdk.resolve("bin/java");
    String usual = Files.readString(java);
    Files.writeString(
        java,
        "#!/bin/sh\ncase \"$*\" in *-version) echo one >>'"
            + checks
            + "'; ! grep -q damaged '"
            + cache
            + "'; exit;; esac\n"
            + usual);
    Files.writeString(cache, "sound");
    for (int i = 0; i < 2; i++) {
      assertThat(launcher.run().out())
          .contains("[-XX:AOTCache=" + cache.toRealPath() + "]")
          .doesNotContain("VerifySharedSpaces");
      assertThat(checks).hasContent("one");
    }
    Files.writeString(cache, "damaged");
    Path sound = launcher.home().resolve("cli/target/gb.aot.checked");
    Files.setLastModifiedTime(sound, FileTime.fromMillis(0));
    for (int i = 0; i < 2; i++) {
      assertThat(launcher.run().out()).contains("[-XX:+VerifySharedSpaces]");
    }
  }

  @Test
  void shellcheckFindsNothing() throws IOException, InterruptedException {
    assumeTrue(isOnThePath("shellcheck"), "shellcheck is not installed");
    Process shellcheck =
        new ProcessBuilder("shellcheck", Project.root().resolve("gb").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(shellcheck.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(shellcheck.waitFor()).isZero();
  }

  private static boolean isOnThePath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
