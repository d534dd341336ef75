package io.gb.cli.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Takes JMH's options and writes a result at once, of a score that is in its jar. Its first
 * argument is a file to which it adds that score, so that a test sees who ran when. With {@code
 * --hold port} it starts a fork in the third turn instead, and both connect to that port and never
 * end; with {@code --cling port} a signal does not end that fork either. With {@code --mute} it
 * writes nothing, with {@code --cut} half a result in the third turn; with {@code --crash}, a
 * benchmark fails in each turn but the first, with {@code --none} the only one in the third; with
 * {@code --exit code}, it ends so at once. It waits for the end of its input first.
 */
public final class FakeJmh {

  private static final String SCORE = "score";
  private static final String HOLD = "--hold";
  private static final String CLING = "--cling";

  private FakeJmh() {}

  /** Writes a jar that does so. */
  static Path jar(Path file, String score) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeJmh.class.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      String classFile = FakeJmh.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(classFile));
      try (InputStream in =
          Objects.requireNonNull(FakeJmh.class.getClassLoader().getResourceAsStream(classFile))) {
        in.transferTo(jar);
      }
      jar.putNextEntry(new JarEntry("META-INF/BenchmarkList"));
      jar.putNextEntry(new JarEntry(SCORE));
      jar.write(score.getBytes(UTF_8));
    }
    return file;
  }

  /**
   * Runs as JMH would.
   *
   * @param args what JMH would get
   */
  public static void main(String[] args) throws IOException {
    List<String> options = Arrays.asList(args);
    System.in.transferTo(OutputStream.nullOutputStream());
    boolean isFork = options.size() == 2;
    boolean isThird = !isFork && turnsTaken(Path.of(options.getFirst())) == 2;
    for (String way : List.of(HOLD, CLING)) {
      if (options.contains(way) && (isFork || isThird)) {
        hold(way, options.get(options.indexOf(way) + 1), isThird);
      }
    }
    if (options.contains("--exit")) {
      System.exit(Integer.parseInt(options.get(options.indexOf("--exit") + 1)));
    }
    // A fork leaves the result to who has started it.
    if (isFork || options.contains("--mute")) {
      return;
    }
    System.out.println("# Benchmark: a.B.c");
    if (options.contains("--crash") && turnsTaken(Path.of(options.getFirst())) > 0) {
      System.out.println("# Benchmark: a.B.d");
    }
    try (InputStream in =
        Objects.requireNonNull(FakeJmh.class.getClassLoader().getResourceAsStream(SCORE))) {
      String score = new String(in.readAllBytes(), UTF_8);
      Files.writeString(
          Path.of(options.getFirst()),
          score + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      String result =
          "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"primaryMetric\":"
              + "{\"score\":1,\"scoreUnit\":\"ns/op\",\"rawData\":[["
              + score
              + "]]}}]";
      boolean isCut = options.contains("--cut") && isThird;
      boolean hasFailed = options.contains("--none") && isThird;
      Files.writeString(
          Path.of(options.get(options.indexOf("-rff") + 1)),
          hasFailed ? "[\n]\n" : isCut ? result.substring(0, result.length() / 2) : result);
    }
  }

  private static int turnsTaken(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static void hold(String way, String port, boolean withFork) throws IOException {
    if (withFork) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String jar = System.getProperty("java.class.path");
      new ProcessBuilder(java, "-jar", jar, way, port)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .start();
    } else if (way.equals(CLING)) {
      Runtime.getRuntime().addShutdownHook(new Thread(LockSupport::park));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }
}
