package io.gb.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.cli.Gb;
import io.gb.cli.RawServer;
import io.gb.cli.docs.Page;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same arguments mean the same to ab and to gb: what the server receives, the lines of the
 * report with their counts, the files, standard error and the exit code. Where they differ, the
 * page docs/ab.md has to say so.
 */
@Timeout(120)
@NoThreadLeaks
class AbParityTest {

  /** A difference that is meant, with the words that docs/ab.md has for it. */
  enum Difference {
    EXIT_OF_WRONG_USAGE("`-n 0` and `-i -p file` end with 1", "exit code"),
    EXIT_OF_HELP("`-h` ends with 22", "report", "exit code"),
    UNKNOWN_OPTION(
        "runs in spite of an unknown option", "requests", "connections", "report", "exit code"),
    BODIES_OF_WRONG_LENGTH("counts bodies of the wrong length in `HTML transferred`", "report"),
    COOKIES("sends only the last `-C`", "requests"),
    TROUBLES_IN_HTML("`-w` does not say why requests failed", "report"),
    OWN_HEADER_REPLACED("sends `-H` beside its own", "requests");

    private final String title;
    private final String where;

    Difference(String title, String... where) {
      this.title = title;
      this.where = String.join(", ", where);
    }
  }

  /**
   * Arguments; URL stands for that of the server, BODY, CSV and TSV for files.
   *
   * @param expected the differences, of which each must show
   */
  record Vector(String arguments, Set<Difference> expected) {

    @Override
    public String toString() {
      return arguments;
    }
  }

  /** What came of one tool. */
  private record Run(
      List<String> requests,
      int connections,
      List<String> out,
      List<String> err,
      List<String> files,
      int code) {}

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  /** Lines whose figures must be the same, not only the words. */
  private static final Pattern COUNT =
      Pattern.compile(
          "(Document|Concurrency|Complete|Failed|Write|Non-2xx|Keep-Alive|HTML transferred"
              + "|Completed|Finished| +\\(Connect).*");

  @TempDir private Path folder;

  @BeforeAll
  static void abIsInstalled() {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ab")));
    if (!installed) {
      System.err.println("*** ab IS NOT INSTALLED: gb is not compared with it (apache2-utils) ***");
    }
    assumeTrue(installed, "ab is not installed: see the package apache2-utils");
  }

  static Stream<Vector> vectors() {
    return Stream.concat(
        Stream.of(
                "URL/ok",
                "-n 5 URL/ok",
                "-n 5 -c 2 URL/ok",
                "-k -n 5 -c 5 URL/ok",
                "-n5 -c2 URL/ok",
                "-k -n 5 URL/ok",
                "-k -n 10 -c 3 URL/ok",
                "-kn 10 -c3 URL/ok",
                "-n 200 URL/ok",
                "-q -n 200 URL/ok",
                "-k -q -c 10 -n 200 URL/ok",
                "-n 1000 -k URL/ok",
                "URL/ok?a=b&c=%20d",
                "URL/",
                "-H X:1 URL/ok",
                "-H X:1 -H Y:2 -H X:3 URL/ok",
                "-H Host:other URL/ok",
                "-H USER-AGENT:me URL/ok",
                "-H accept:text/html URL/ok",
                "-C a=1 URL/ok",
                "-A user:secret URL/ok",
                "-A user:a:b URL/ok",
                "-p BODY URL/ok",
                "-p BODY -T application/json -n 3 URL/ok",
                "-k -p BODY -n 3 URL/ok",
                "-u BODY URL/ok",
                "-u BODY -T text/x -H X:1 URL/ok",
                "-m DELETE URL/ok",
                "-p BODY -m PATCH URL/ok",
                "-i URL/ok",
                "-i -k -n 3 URL/ok",
                "-l -n 4 URL/varying",
                "-n 3 URL/missing",
                "-k -n 3 URL/missing",
                "-n 3 URL/moved",
                "-n 3 URL/empty",
                "-n 3 URL/close",
                "-k -n 3 URL/close",
                "-n 3 URL/nolength",
                "-d -n 3 URL/ok",
                "-S -n 3 URL/ok",
                "-d -S -k -n 3 URL/ok",
                "-t 20 -n 4 URL/ok",
                "-s 5 -n 4 URL/ok",
                "-r -n 4 URL/ok",
                "-b 8192 -n 3 URL/ok",
                "-B 127.0.0.1 -n 3 URL/ok",
                "-w -n 3 URL/ok",
                "-w -k -n 200 URL/ok",
                "-x border=1 -n 3 URL/missing",
                "-w -x a=1 -y b=2 -z c=3 -p BODY URL/ok",
                "-X SERVER -n 3 http://example.invalid/ok",
                "-X SERVER -P user:secret -n 3 http://example.invalid:81/ok",
                "-P user:secret -n 3 URL/ok",
                "-e CSV -n 4 URL/ok",
                "-g TSV -n 4 URL/ok",
                "-q -e CSV -g TSV -k -c 2 -n 200 URL/ok",
                "-V",
                "-n 2 -c 3 URL/ok",
                "-n",
                "http://127.0.0.1",
                "-p /nowhere/at/all URL/ok")
            .map(arguments -> new Vector(arguments, Set.of())),
        Stream.of(
            new Vector("-n 0 URL/ok", Set.of(Difference.EXIT_OF_WRONG_USAGE)),
            new Vector("-i -p BODY URL/ok", Set.of(Difference.EXIT_OF_WRONG_USAGE)),
            new Vector("-w -n 4 URL/varying", Set.of(Difference.TROUBLES_IN_HTML)),
            new Vector("-n 4 URL/varying", Set.of(Difference.BODIES_OF_WRONG_LENGTH)),
            new Vector("-j URL/ok", Set.of(Difference.UNKNOWN_OPTION)),
            new Vector("-h", Set.of(Difference.EXIT_OF_HELP)),
            new Vector("-p BODY -H Content-Type:x URL/ok", Set.of(Difference.OWN_HEADER_REPLACED)),
            new Vector("-C a=1 -C b=2 URL/ok", Set.of(Difference.COOKIES))));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theSameArgumentsMeanTheSame(Vector vector) throws IOException, InterruptedException {
    Run ab = run(vector, true);
    Run gb = run(vector, false);
    List<String> differences = differences(ab, gb);
    if (vector.expected().isEmpty()) {
      assertThat(differences).isEmpty();
    } else {
      assertThat(differences)
          .extracting(difference -> difference.substring(0, difference.indexOf(':')))
          .containsExactly(vector.expected().iterator().next().where.split(", ", -1));
    }
  }

  @Test
  void thereAreManyOfThem() {
    assertThat(vectors()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void otherArgumentsAreFoundToDiffer() throws IOException, InterruptedException {
    Run ab = run(new Vector("-n 5 -H X:1 URL/ok", Set.of()), true);
    Run gb = run(new Vector("-k -c 2 -n 2 -d -r URL/close", Set.of()), false);
    assertThat(differences(ab, gb))
        .extracting(difference -> difference.substring(0, difference.indexOf(':')))
        .containsExactly("requests", "connections", "report");
  }

  @ParameterizedTest
  @EnumSource
  void eachDifferenceStandsInThePage(Difference difference) throws IOException {
    assertThat(Page.read("docs/ab.md").text()).contains("| " + difference.title);
    assertThat(vectors().flatMap(vector -> vector.expected().stream()))
        .containsAll(EnumSet.of(difference));
  }

  private static List<String> differences(Run ab, Run gb) {
    List<String> found = new ArrayList<>();
    compare(found, "requests", ab.requests, gb.requests);
    compare(found, "connections", ab.connections, gb.connections);
    compare(found, "report", ab.out, gb.out);
    compare(found, "standard error", ab.err, gb.err);
    compare(found, "files", ab.files, gb.files);
    compare(found, "exit code", ab.code, gb.code);
    return found;
  }

  private static void compare(List<String> found, String what, Object ab, Object gb) {
    if (!ab.equals(gb)) {
      found.add(what + ":\n  ab " + without(ab, gb) + "\n  gb " + without(gb, ab));
    }
  }

  /** The lines that one has and the other has not; all, if it is their order that differs. */
  private static Object without(Object one, Object other) {
    if (!(one instanceof List<?> lines) || !(other instanceof List<?> others)) {
      return one;
    }
    List<?> alone = lines.stream().filter(line -> !others.contains(line)).toList();
    return alone.isEmpty() && lines.size() == others.size() ? lines : alone;
  }

  private Run run(Vector vector, boolean ab) throws IOException, InterruptedException {
    Path csv = folder.resolve(ab ? "ab.csv" : "gb.csv");
    Path tsv = folder.resolve(ab ? "ab.tsv" : "gb.tsv");
    Path body = Files.writeString(folder.resolve("body"), "twelve bytes");
    try (RawServer server = RawServer.obeying(AbParityTest::answer)) {
      List<String> arguments =
          Arrays.stream(vector.arguments().split(" ", -1))
              .map(word ->
                  word.replace("URL", "http://" + server.authority())
                      .replace("SERVER", server.authority())
                      .replace("BODY", body.toString())
                      .replace("CSV", csv.toString())
                      .replace("TSV", tsv.toString()))
              .toList();
      Gb result = ab ? runAb(arguments) : Gb.run(arguments.toArray(String[]::new));
      return new Run(
          server.requests().stream().map(AbParityTest::request).sorted().toList(),
          // ab may open one more, which it does not use.
          Math.min(server.connections(), server.requests().size()),
          report(result),
          errors(result),
          Stream.concat(lines(csv), lines(tsv)).toList(),
          result.code());
    }
  }

  private static RawServer.Answer answer(String request, int number) {
    String path = request.split(" ", 3)[1].replaceFirst("^http://[^/]*", "");
    return switch (path) {
      case "/missing" -> RawServer.Answer.of("404 Not Found", "not here");
      case "/moved" ->
          new RawServer.Answer("302 Found", "Location: /ok\r\nContent-Length: 0\r\n", "", false);
      case "/empty" -> RawServer.Answer.of("200 OK", "");
      case "/close" -> new RawServer.Answer("200 OK", "Content-Length: 5\r\n", "hello", true);
      case "/nolength" -> new RawServer.Answer("200 OK", "", "hello", true);
      case "/varying" -> RawServer.Answer.of("200 OK", "x".repeat(5 + number % 2));
      default -> RawServer.Answer.of("200 OK", "hello");
    };
  }

  private static Gb runAb(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ab"));
    command.addAll(arguments);
    Path out = Files.createTempFile("ab", ".out");
    Path err = Files.createTempFile("ab", ".err");
    try {
      Process ab =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!ab.waitFor(60, TimeUnit.SECONDS)) {
        ab.destroyForcibly();
        throw new AssertionError("ab does not end: " + command);
      }
      return new Gb(ab.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Method, target, header fields in no order, body; without what always differs. */
  private static String request(String raw) {
    String head = raw.substring(0, raw.indexOf("\r\n\r\n"));
    String[] requestLine = head.lines().findFirst().orElseThrow().split(" ", -1);
    List<String> fields =
        head.lines()
            .skip(1)
            .map(line -> line.split(": *", 2))
            .map(field -> field[0].toLowerCase(Locale.ROOT) + ": " + field[1])
            .filter(field -> !field.startsWith("connection: "))
            .map(field -> field.matches("user-agent: (ApacheBench/2.3|gb)") ? "user-agent" : field)
            .map(field -> field.replaceAll("127\\.0\\.0\\.1:[0-9]+", "SERVER"))
            .sorted()
            .toList();
    String target = requestLine[1].replaceAll("127\\.0\\.0\\.1:[0-9]+", "SERVER");
    return requestLine[0] + " " + target + " " + fields + raw.substring(head.length() + 4);
  }

  /** The report without the name and copyright of the tool, and without what ab does not have. */
  private static List<String> report(Gb result) {
    String out = result.out().replaceFirst("(?s)\nBeyond ab\n.*", "");
    return out.lines()
        .filter(
            line -> !line.matches(" ?(This is (ab|gb|ApacheBench)|Copyright|Licensed|ab for).*"))
        .filter(line -> !line.matches("(WARNING|ERROR|        These|       deviation).*"))
        .map(AbParityTest::words)
        .dropWhile(String::isEmpty)
        .toList();
  }

  /** What was said besides usage: each has words of its own for that. */
  private static List<String> errors(Gb result) {
    return result.err().lines().filter(line -> line.matches("(Completed|Finished) .*")).toList();
  }

  private static Stream<String> lines(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file, StandardCharsets.UTF_8).stream()
            .map(line -> line.replaceFirst("^[A-Z][a-z]{2} [A-Z][a-z]{2} ", "DAY "))
            .map(line -> NUMBER.matcher(line).replaceAll("#"))
        : Stream.empty();
  }

  private static String words(String line) {
    String text = COUNT.matcher(line).matches() ? line : NUMBER.matcher(line).replaceAll("#");
    return text.replaceAll(" +", " ");
  }
}
