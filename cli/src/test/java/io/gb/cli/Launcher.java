package io.gb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A copy of the launcher in a folder of its own, and a simulated machine: its path has a few tools,
 * and its JDKs, which tests install, print their arguments. In the copy, the folders where JDKs
 * usually are lie below {@link #root()}; nothing else in it is changed.
 */
final class Launcher {

  private static final List<String> TOOLS =
      List.of(
          "cat",
          "dirname",
          "find",
          "grep",
          "head",
          "mv",
          "ln",
          "mkdir",
          "mktemp",
          "readlink",
          "rm",
          "sleep",
          "stty",
          "touch");
  private static final int USUAL_FOLDERS = 5;

  private final Path root;
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * How the launcher ended.
   *
   * @param code its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Result(int code, String out, String err) {

    /** The arguments of the program: those after {@code -jar} and its value. */
    List<String> arguments() {
      List<String> lines = out.lines().toList();
      int jar = lines.indexOf("[-jar]");
      return lines.subList(jar + 2, lines.size());
    }
  }

  /** Creates a machine below an empty folder, with gb built and without a JDK. */
  Launcher(Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("its root"));
    home = Files.createDirectories(folder.resolve("a folder with spaces"));
    String original = Files.readString(Project.root().resolve("gb"));
    String copy = original.replaceAll("(?<= )(/usr|/opt|/Library)(?=/)", "'" + root + "'$1");
    assertThat(copy.length() - original.length())
        .as("the usual folders of JDKs are found in the launcher and moved")
        .isEqualTo(USUAL_FOLDERS * (root.toString().length() + 2));
    Files.writeString(home.resolve("gb"), copy);
    makeExecutable(home.resolve("gb"));
    Files.createDirectories(home.resolve("cli/target"));
    Files.createFile(home.resolve("cli/target/gb.jar"));
    Path tools = Files.createDirectories(root.resolve("bin"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), whereIs(tool));
    }
    set("PATH", tools.toString());
    set("HOME", Files.createDirectories(root.resolve("home")).toString());
  }

  Path root() {
    return root;
  }

  /** The folder of the project, from the view of this copy. */
  Path home() {
    return home;
  }

  Path script() {
    return home.resolve("gb");
  }

  Launcher set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Prepends a folder to the path. */
  Launcher addToPath(Path folder) {
    return set("PATH", folder + File.pathSeparator + environment.get("PATH"));
  }

  /** Adds a command to the path. */
  Launcher addCommand(String name, String script) throws IOException {
    Path command = Files.writeString(root.resolve("bin").resolve(name), "#!/bin/sh\n" + script);
    makeExecutable(command);
    return this;
  }

  /**
   * Installs a JDK whose java prints its home and its arguments, one per line, and ends with 7.
   *
   * @param folder its folder, relative to the root
   * @param version the version in its release file
   */
  Path installJdk(String folder, String version) throws IOException {
    Path jdk = Files.createDirectories(root.resolve(folder));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho '" + jdk + "'\nprintf '[%s]\\n' \"$@\"\necho oops >&2\nexit 7\n");
    makeExecutable(java);
    return jdk;
  }

  /** Lets the jar be older than the sources it is built from. */
  void makeJarStale() throws IOException {
    for (String module :
        List.of(
            "bom",
            "cli",
            "demo",
            "embedded-server",
            "harness",
            "jmh-compare",
            "text",
            "thread-leaks")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.createFile(home.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(home.resolve("pom.xml"));
    Files.setLastModifiedTime(home.resolve("cli/target/gb.jar"), FileTime.fromMillis(0));
  }

  Result run(String... args) throws IOException, InterruptedException {
    return runAs(script().toString(), home, args);
  }

  /** Runs the launcher by one of its names, from a folder. */
  Result runAs(String name, Path from, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", name));
    command.addAll(List.of(args));
    return run(command, from);
  }

  /** Runs a command line of the shell, in which {@code gb} is the launcher. */
  Result runLine(String line) throws IOException, InterruptedException {
    return run(List.of("/bin/sh", "-c", "gb() { /bin/sh ./gb; }; " + line), home);
  }

  private Result run(List<String> command, Path from) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
    Path err = Files.createTempFile(root, "err", null);
    builder.redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  private static Path whereIs(String tool) throws IOException {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, tool);
      if (Files.isExecutable(file)) {
        return file.toRealPath();
      }
    }
    throw new IOException("no " + tool + " on the path");
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
