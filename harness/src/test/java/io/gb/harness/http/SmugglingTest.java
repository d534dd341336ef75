package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.http.response.Sloppiness;
import io.gb.harness.job.ErrorKind;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What two readers could read in two ways is an error, not a guess; what is wrong and leaves no
 * doubt is read and counted, or refused if asked for.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class SmugglingTest {

  private static final String CHUNKED = "Transfer-Encoding: chunked";

  /**
   * A shape that is an error for every engine.
   *
   * @param title what it looks like, as {@code docs/http-parsing.md} has it
   * @param section the RFC and its section that decide
   * @param responses some that have it
   */
  record Shape(String title, String section, List<String> responses) {

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Shape> errorsForAll() {
    return Stream.of(
        new Shape(
            "different Content-Lengths",
            "9112, 6.3; 9110, 8.6",
            List.of(
                ok("ok", "Content-Length: 2", "Content-Length: 3"),
                ok("ok", "Content-Length: 2, 3"),
                ok("ok", "Content-Length: 2, 2", "Content-Length: 0"))),
        new Shape(
            "a Content-Length of anything but digits",
            "9110, 8.6",
            each(
                "Content-Length: ",
                "",
                ",",
                "-2",
                "+2",
                "-0",
                "0x2",
                "2 2",
                "2.0",
                "2;",
                "two",
                "\"2\"",
                "2\r\n\tX: folded")),
        new Shape(
            "a number beyond 63 bits",
            "9110, 8.6; 9112, 7.1",
            List.of(
                ok("ok", "Content-Length: 9223372036854775808"),
                ok("ok", "Content-Length: 18446744073709551618"),
                chunks("8000000000000000\r\nok\r\n0\r\n\r\n"),
                chunks("10000000000000002\r\nok\r\n0\r\n\r\n"),
                chunks("f".repeat(1000) + "\r\nok\r\n0\r\n\r\n"))),
        new Shape(
            "a Transfer-Encoding other than chunked, once and alone",
            "9112, 6.1",
            Stream.concat(
                    each(
                        "Transfer-Encoding: ",
                        "",
                        "gzip",
                        "identity",
                        "gzip, chunked",
                        "chunked, gzip",
                        "chunked, chunked",
                        "chunked;q=1",
                        "chun ked",
                        "xchunked",
                        "\"chunked\"")
                        .stream(),
                    Stream.of(ok("0\r\n\r\n", CHUNKED, CHUNKED)))
                .toList()),
        new Shape(
            "a size of a chunk of anything but hexadecimal digits",
            "9112, 7.1",
            Stream.of(
                    "", " ", "g", "0x2", "-2", "+2", "-0", "2.", "2,", "2 x", "2 2", "2\t2;x",
                    "\"2\"")
                .map(size -> chunks(size + "\r\nok\r\n0\r\n\r\n"))
                .toList()),
        new Shape(
            "bytes between a chunk and its line break",
            "9112, 7.1",
            Stream.of("oka\r\n", "ok \r\n", "ok\r\r\n", "ok0\r\n\r\n")
                .map(chunk -> chunks("2\r\n" + chunk + "0\r\n\r\n"))
                .toList()),
        new Shape(
            "a CR within a line",
            "9112, 2.2",
            List.of(
                "HTTP/1.1 200 OK\rContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\r\nContent-Length: 2\r\n\r\nok",
                ok("ok", "X: a\rb", "Content-Length: 2"),
                ok("0\r\n\r\n", "Transfer-Encoding: chunked\r"),
                chunks("2\r\r\nok\r\n0\r\n\r\n"),
                chunks("2;a\rb\r\nok\r\n0\r\n\r\n"),
                chunks("2\r\nok\r\n0\r\nX: a\rb\r\n\r\n"))),
        new Shape(
            "a NUL within a line",
            "9110, 5.5",
            List.of(
                "HTTP/1.1 200 OK\0\r\nContent-Length: 2\r\n\r\nok",
                ok("ok", "X: a\0b", "Content-Length: 2"),
                ok("ok", "Content-Length\0: 2"),
                chunks("2;a\0b\r\nok\r\n0\r\n\r\n"),
                chunks("2\r\nok\r\n0\r\nX: a\0b\r\n\r\n"))),
        new Shape(
            "a blank before the first field or trailer",
            "9112, 2.2",
            List.of(
                ok("ok", " X: y", "Content-Length: 2"),
                ok("ok", "\tContent-Length: 2"),
                chunks("2\r\nok\r\n0\r\n X: y\r\n\r\n"))),
        new Shape(
            "the connection ends within the head",
            "9112, 8",
            List.of(
                "HTTP/1.1 200 OK",
                "HTTP/1.1 204 No Content\r\nServer: s",
                "HTTP/1.1 204 No Content\r\nServer: s\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n")),
        new Shape(
            "a line of a head or behind the last chunk without a colon, or without a name",
            "9112, 5",
            Stream.of("nonsense", ": value", ":", "Content-Length 2")
                .flatMap(
                    line -> Stream.of(ok("", line), chunks("2\r\nok\r\n0\r\n" + line + "\r\n\r\n")))
                .toList()),
        new Shape(
            "a status line of anything else",
            "9112, 4",
            Stream.of(
                    "HTTP/2.0 200 OK",
                    "HTTP/1.-1 200 OK",
                    "HTTP/1. 200 OK",
                    "HTTP/1 200 OK",
                    "HTTP/1.01 200 OK",
                    "HTTP/1.10 200 OK",
                    "HTTP/0.9 200 OK",
                    "http/1.1 200 OK",
                    "ICY 200 OK",
                    "HTTP/1.1",
                    "HTTP/1.1 20 OK",
                    "HTTP/1.1 2000 OK",
                    "HTTP/1.1 200OK",
                    "HTTP/1.1 +20 OK",
                    "HTTP/1.1 099 OK")
                .map(line -> line + "\r\nContent-Length: 0\r\n\r\n")
                .toList()),
        new Shape(
            "ten empty lines or more before the status line",
            "9112, 2.2",
            List.of("\r\n".repeat(10) + ok("ok", "Content-Length: 2"))),
        new Shape(
            "the status 101, since nobody asks for another protocol",
            "9110, 15.2.2",
            List.of("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")),
        new Shape(
            "more than 65,534 bytes in a line, 262,144 in a head or in trailers, or 999 fields",
            "9110, 5.4",
            List.of(
                ok("", "X: " + "x".repeat(65_532)),
                ok("", "Content-Length: " + "0".repeat(65_518) + "2"),
                ok("", "X: " + "x".repeat(65_000), " " + "x".repeat(1000)),
                ok("ok", fields(5, "X: " + "x".repeat(60_000))),
                chunks(
                    "0\r\n"
                        + String.join("\r\n", fields(5, "X: " + "x".repeat(60_000)))
                        + "\r\n\r\n"),
                ok("", fields(1000, "X: y")),
                chunks("0".repeat(65_535) + "\r\n\r\n"),
                chunks("0;" + "x".repeat(65_533) + "\r\n\r\n"),
                chunks("0\r\nX: " + "x".repeat(65_532) + "\r\n\r\n"),
                chunks("0\r\n" + String.join("\r\n", fields(1000, "X: y")) + "\r\n\r\n"))));
  }

  /** Responses of each sloppiness, of which the first has no other. */
  private static List<String> responsesWith(Sloppiness kind) {
    return switch (kind) {
      case LF_ALONE ->
          List.of(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok",
              "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok",
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok",
              "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
              chunks("2\nok\r\n0\r\n\r\n"),
              chunks("2;a\nok\r\n0\r\n\r\n"),
              chunks("2\r\nok\n0\r\n\r\n"),
              chunks("2\r\nok\r\n0\n\r\n"),
              chunks("2\r\nok\r\n0\r\n\n"),
              chunks("2\r\nok\r\n0\r\nX: y\n\r\n"));
      case EMPTY_LINES_FIRST ->
          List.of(
              "\r\n" + ok("ok", "Content-Length: 2"),
              "\r\n".repeat(9) + ok("ok", "Content-Length: 2"),
              "\n\n" + ok("ok", "Content-Length: 2"),
              "HTTP/1.1 100 Continue\r\n\r\n\r\n" + ok("ok", "Content-Length: 2"));
      case STATUS_LINE_BLANKS ->
          List.of(
              "HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok",
              " HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
              "HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nok",
              "HTTP/1.1 200\tOK\r\nContent-Length: 2\r\n\r\nok");
      case FOLDED_LINE ->
          List.of(
              ok("ok", "X: y", " z", "Content-Length: 2"),
              ok("ok", "X: y", "\tContent-Length: 3", "Content-Length: 2"),
              ok("ok", "Content-Length: 2", " "),
              ok("ok", "Content-Length:", " 2"),
              ok("2\r\nok\r\n0\r\n\r\n", "Transfer-Encoding:", "\t", " chunked"),
              ok("ok", "Content-Length:\n 2"),
              chunks("2\r\nok\r\n0\r\nX: y\r\n z\r\n\r\n"));
      case BLANK_BEFORE_COLON ->
          List.of(
              ok("ok", "Content-Length : 2"),
              ok("ok", "Content-Length\t: 2"),
              ok("2\r\nok\r\n0\r\n\r\n", "Transfer-Encoding : chunked"),
              chunks("2\r\nok\r\n0\r\nX : y\r\n\r\n"));
      case FIELD_NAME ->
          List.of(
              ok("ok", "X(Y: z", "Content-Length: 2"),
              ok("ok", "Content Length: 2"),
              ok("ok", "Content-Length\u00a0: 2"),
              chunks("2\r\nok\r\n0\r\nX Y: z\r\n\r\n"));
      case EQUAL_LENGTHS ->
          List.of(
              ok("ok", "Content-Length: 2", "Content-Length: 2"),
              ok("ok", "Content-Length: 2, 2"),
              ok("ok", "Content-Length: 2 ,02", "content-length:2"));
      case LENGTH_BESIDE_CHUNKS ->
          List.of(
              ok("2\r\nok\r\n0\r\n\r\n", "Content-Length: 2", CHUNKED),
              ok("0\r\n\r\n", CHUNKED, "Content-Length: 5"),
              ok("0\r\n\r\n", "Content-Length: five", CHUNKED),
              ok("0\r\n\r\n", "Content-Length: 2", CHUNKED, "Content-Length: 3"));
      case CHUNKS_IN_1_0 ->
          List.of(
              in10(chunks("2\r\nok\r\n0\r\n\r\n")),
              in10(ok("2\r\nok\r\n0\r\n\r\n", "Connection: keep-alive", CHUNKED)));
      case EMPTY_ELEMENT ->
          List.of(
              ok("2\r\nok\r\n0\r\n\r\n", "Transfer-Encoding: chunked,"),
              ok("2\r\nok\r\n0\r\n\r\n", "Transfer-Encoding: , ,chunked"),
              ok("2\r\nok\r\n0\r\n\r\n", "Transfer-Encoding:", CHUNKED),
              ok("ok", "Content-Length: 2,"));
      case FRAMING_WITHOUT_BODY ->
          List.of(
              "HTTP/1.1 304 Not Modified\r\nContent-Length: two\r\n\r\n",
              "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n",
              "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: gzip\r\n\r\n",
              "HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: x\r\n\r\n"
                  + ok("", "Content-Length: 0"));
      case BLANK_BEFORE_SIZE ->
          List.of(
              chunks(" 2\r\nok\r\n0\r\n\r\n"),
              chunks("\t2\r\nok\r\n0\r\n\r\n"),
              chunks("2\r\nok\r\n 0\r\n\r\n"));
      case NO_LAST_LINE ->
          List.of(
              chunks("2\r\nok\r\n0\r\n"),
              chunks("2\r\nok\r\n0\r\n\r"),
              chunks("2\r\nok\r\n0\r\nX: y"),
              chunks("2\r\nok\r\n0\r\nX: y\r\n"));
    };
  }

  private static List<String> each(String name, String... values) {
    return Arrays.stream(values).map(value -> ok("2\r\nok\r\n0\r\n\r\n", name + value)).toList();
  }

  private static String[] fields(int count, String field) {
    String[] fields = new String[count];
    Arrays.fill(fields, field);
    return fields;
  }

  private static String ok(String body, String... fields) {
    return "HTTP/1.1 200 OK\r\n" + String.join("\r\n", fields) + "\r\n\r\n" + body;
  }

  private static String in10(String response) {
    return response.replace("HTTP/1.1", "HTTP/1.0");
  }

  private static String chunks(String body) {
    return ok(body, CHUNKED);
  }

  @ParameterizedTest
  @MethodSource("errorsForAll")
  void shapeIsAnErrorForEveryEngine(Shape shape) throws IOException, InterruptedException {
    List<Exchange> exchanges = exchanges(shape.responses());
    for (EngineKind kind : EngineKind.values()) {
      assertThat(Exchanges.sendApart(kind, exchanges).seen())
          .as("%s", kind)
          .hasSize(exchanges.size())
          .containsOnly(Seen.failed(ErrorKind.RECEIVE));
      assertThat(Comparison.problems(kind, exchanges, Exchanges.sendApart(kind, exchanges)))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sloppyResponseIsReadAndCountedByEveryEngine(Sloppiness kind)
      throws IOException, InterruptedException {
    List<Exchange> exchanges = exchanges(responsesWith(kind));
    assertThat(exchanges)
        .allSatisfy(exchange -> {
          assertThat(reading(exchange).seen().isFailed()).isFalse();
          assertThat(reading(exchange).sloppy()).contains(kind);
        });
    assertThat(reading(exchanges.getFirst()).sloppy()).containsExactly(kind);
    for (EngineKind engine : EngineKind.values()) {
      Comparison.SeenByEngine result = Exchanges.sendApart(engine, exchanges);
      assertThat(Comparison.problems(engine, exchanges, result)).isEmpty();
      assertThat(result.sloppy()).containsEntry(kind, (long) exchanges.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void sloppyResponseIsRefusedByEveryEngineThatIsStrict(Sloppiness kind)
      throws IOException, InterruptedException {
    List<Exchange> exchanges = exchanges(responsesWith(kind));
    ErrorKind failure = kind == Sloppiness.NO_LAST_LINE ? ErrorKind.LENGTH : ErrorKind.RECEIVE;
    for (EngineKind engine : EngineKind.values()) {
      assertThat(Exchanges.sendStrictly(engine, exchanges))
          .as("%s", engine)
          .hasSize(exchanges.size())
          .containsOnly(Seen.failed(failure));
    }
  }

  @Test
  void documentTellsEachShapeAndItsSection() throws IOException {
    String document = Files.readString(Path.of("../docs/http-parsing.md"));
    assertThat(errorsForAll())
        .allSatisfy(shape ->
            assertThat(document).contains("| " + shape.title() + " | " + shape.section() + " |"));
    assertThat(Sloppiness.values())
        .allSatisfy(kind ->
            assertThat(document).contains("| " + kind.title() + " | " + kind.section() + " |"));
  }

  private static ReferenceReader.Reading reading(Exchange exchange) {
    return ReferenceReader.read(exchange.method(), exchange.bytes());
  }

  private static List<Exchange> exchanges(List<String> responses) {
    return responses.stream().map(bytes -> Exchange.closing("GET", bytes)).toList();
  }
}
