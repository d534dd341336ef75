package io.gb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gb.leaks.junit.NoThreadLeaks;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong input is reported in one line that names the option, the value and the remedy. */
@Timeout(120)
@NoThreadLeaks
class BadInputTest {

  private static final String URL = "http://127.0.0.1:1/";
  private static final String HELP = "; gb -h lists the options";

  static Stream<Arguments> wrongUsage() {
    return Stream.of(
        arguments(List.of("-n", "0", URL), "-n 0: must be at least 1"),
        arguments(List.of("demo", "-c", "0"), "-c 0: must be between 1 and 1000"),
        arguments(List.of("demo", "-c", "1001"), "-c 1001: must be between 1 and 1000"),
        arguments(
            List.of("demo", "-c", "10", "-n", "9"),
            "-n 9: must be between 10, the number of workers, and 100000000"),
        arguments(
            List.of("demo", "--variant", "none"),
            "--variant none: no such leak or fix; gb demo -h lists the options"),
        arguments(
            List.of("demo", "--threads", "green"),
            "--threads green: must be virtual or platform; gb demo -h lists the options"),
        arguments(List.of("demo", "http://x/"), "unexpected argument: http://x/"),
        arguments(List.of("-n", "-5", URL), "-n -5: must be at least 1"),
        arguments(List.of("-n", "abc", URL), "-n abc: not a whole number" + HELP),
        arguments(List.of("-n", "1.5k", URL), "-n 1.5k: not a whole number" + HELP),
        arguments(List.of("-n", "10kk", URL), "-n 10kk: not a whole number" + HELP),
        arguments(List.of("-n", "k", URL), "-n k: not a whole number" + HELP),
        arguments(
            List.of("-n", "9223372036854775807k", URL),
            "-n 9223372036854775807k: out of range" + HELP),
        arguments(List.of("-t", "0s", URL), "-t 0s: not a positive number of seconds" + HELP),
        arguments(List.of("-t", "s", URL), "-t s: not a positive number of seconds" + HELP),
        arguments(List.of("-t", "2d", URL), "-t 2d: not a positive number of seconds" + HELP),
        arguments(
            List.of("-s", "9000h", URL), "-s 9000h: more than a year, 31536000 seconds" + HELP),
        arguments(List.of("-n", "1.5", URL), "-n 1.5: not a whole number" + HELP),
        arguments(List.of("-n", "", URL), "-n : not a whole number" + HELP),
        arguments(
            List.of("-n", "9223372036854775808", URL),
            "-n 9223372036854775808: out of range" + HELP),
        arguments(List.of(URL, "-n"), "-n: needs a value, number" + HELP),
        arguments(List.of("-c", "0", URL), "-c 0: must be between 1 and 20000"),
        arguments(
            List.of("-n", "30000", "-c", "20001", URL), "-c 20001: must be between 1 and 20000"),
        arguments(List.of("-c", "3000000000", URL), "-c 3000000000: out of range" + HELP),
        arguments(
            List.of("-n", "2", "-c", "3", URL),
            "-c 3: Cannot use concurrency level greater than total number of requests, -n 2"),
        arguments(List.of("-t", "0", URL), "-t 0: not a positive number of seconds" + HELP),
        arguments(List.of("-t", "-1", URL), "-t -1: not a positive number of seconds" + HELP),
        arguments(List.of("-t", "-1e10", URL), "-t -1e10: not a positive number of seconds" + HELP),
        arguments(List.of("-t", "1e-10", URL), "-t 1e-10: not a positive number of seconds" + HELP),
        arguments(
            List.of("-t", "1e-2147483647ms", URL),
            "-t 1e-2147483647ms: not a positive number of seconds" + HELP),
        arguments(
            List.of("-H", "Authorization Digest user=\"bob\", uri=\"http://x\"", URL),
            "-H 'Authorization': no 'name: value' with the colon right behind the name"),
        arguments(List.of("-s", "0", URL), "-s 0: not a positive number of seconds" + HELP),
        arguments(List.of("-s", "-3", URL), "-s -3: not a positive number of seconds" + HELP),
        arguments(List.of("-s", "soon", URL), "-s soon: not a positive number of seconds" + HELP),
        arguments(List.of("-s", "1e10", URL), "-s 1e10: more than a year, 31536000 seconds" + HELP),
        arguments(List.of("-b", "0", URL), "-b 0: must be at least 1" + HELP),
        arguments(List.of("-b", "x", URL), "-b x: not a whole number" + HELP),
        arguments(List.of("-G", "0", URL), "-G 0: must be at least 1" + HELP),
        arguments(
            List.of("-B", "no-such-host.invalid", URL),
            "-B no-such-host.invalid: unknown address" + HELP),
        arguments(List.of("-X", "a:b:c", URL), "-X a:b:c: not host[:port]" + HELP),
        arguments(
            List.of("-H", "Authorization Basic secret", URL),
            "-H 'Authorization': no 'name: value' with the colon right behind the name"),
        arguments(
            List.of("-H", "Transfer-Encoding: chunked", URL),
            "header 'Transfer-Encoding: chunked': leave it out, the body of 0 bytes is sent with"
                + " its Content-Length"),
        arguments(
            List.of("-X", "http://me:secret@a:b:c", URL),
            "-X http://***@a:b:c: not host[:port]" + HELP),
        arguments(
            List.of("-X", "me:s/e:cret@a:0", URL),
            "-X ***@a:0: the port must be between 1 and 65535" + HELP),
        arguments(
            List.of("-x", "http://me:secret@proxy:3128", URL),
            "-x http://***@proxy:3128: for a proxy, as hey's and curl's -x, use -X" + HELP),
        arguments(
            List.of("http://me:sec ret@localhost/"),
            "invalid URL 'http://***@localhost/': use -A, or the header Authorization, for user"
                + " and password"),
        arguments(
            List.of(URL, "http://me:secret@localhost/"),
            "unexpected argument: http://***@localhost/; a run has one URL"),
        arguments(List.of("-X", "a:0", URL), "-X a:0: the port must be between 1 and 65535" + HELP),
        arguments(
            List.of("-f", "SSL3", URL),
            "-f SSL3: Java does not speak it any more; TLS1.2, TLS1.3 or ALL" + HELP),
        arguments(
            List.of("-f", "urls.txt", URL),
            "-f urls.txt: a run has one URL; gb reads no file of URLs, siege's -f" + HELP),
        arguments(List.of("-Z", "HIGH", URL), "-Z HIGH: Java knows no cipher suite HIGH" + HELP),
        arguments(List.of("-f", "x", URL), "-f x: must be TLS1.2, TLS1.3 or ALL" + HELP),
        arguments(List.of("-v", "loud", URL), "-v loud: not a whole number" + HELP),
        arguments(List.of("--engine", "x", URL), "--engine x: must be core, client or loop" + HELP),
        arguments(List.of("--keep-alive=often", URL), "--keep-alive=often: takes no value" + HELP),
        arguments(List.of("-k=0", URL), "-k=0: takes no value" + HELP),
        arguments(List.of("-e", "same", "-g", "./same", URL), "-g ./same: is the file of -e"),
        arguments(List.of("--bogus", URL), "unknown option: --bogus" + HELP),
        arguments(List.of("-kj", URL), "unknown option: -j" + HELP),
        arguments(List.of(URL, URL), "unexpected argument: " + URL + "; a run has one URL"),
        arguments(
            List.of("-H", "Accept", URL),
            "-H 'Accept': no 'name: value' with the colon right behind the name"),
        arguments(
            List.of("-H", ": x", URL),
            "-H ':': no 'name: value' with the colon right behind the name"),
        arguments(
            List.of("-H", "A B: x", URL),
            "-H 'A': no 'name: value' with the colon right behind the name"),
        arguments(
            List.of("-H", "X: a\u0001b", URL), "-H: control character in the value of header X"),
        arguments(
            List.of("-H", "X: a\r\nY: b", URL), "-H: control character in the value of header X"),
        arguments(
            List.of("-C", "a=b\nX: y", URL), "-C: control character in the value of header Cookie"),
        arguments(
            List.of("-p", "pom.xml", "-T", "a\nb", URL),
            "-T: control character in the value of header Content-Type"),
        arguments(List.of("-m", " ", URL), "-m ' ': not the name of a method"),
        arguments(List.of("-m", "", URL), "-m '': not the name of a method"),
        arguments(List.of("-m", "GET /x", URL), "-m 'GET /x': not the name of a method"),
        arguments(
            List.of("-i", "-p", "pom.xml", URL),
            "-i: Cannot mix HEAD with other methods, -p or -u"),
        arguments(
            List.of("-i", "-m", "GET", URL), "-i: Cannot mix HEAD with other methods, -m GET"),
        arguments(List.of("-p", "a", "-u", "b", URL), "-p a: Cannot mix POST with PUT, -u b"),
        arguments(
            List.of("localhost"),
            "invalid URL 'localhost': no path after the host; a single / will do"),
        arguments(
            List.of("http://localhost:80"),
            "invalid URL 'http://localhost:80': no path after the host; a single / will do"),
        arguments(
            List.of("ftp://localhost/"),
            "invalid URL 'ftp://localhost/': the scheme must be http or https"),
        arguments(
            List.of("httpx://localhost/"),
            "invalid URL 'httpx://localhost/': the scheme must be http or https"),
        arguments(
            List.of("http://localhost:abc/"),
            "invalid URL 'http://localhost:abc/': the port must be between 1 and 65535"),
        arguments(
            List.of("http://localhost:/"),
            "invalid URL 'http://localhost:/': no port behind the colon"),
        arguments(
            List.of("http://localhost:0/"),
            "invalid URL 'http://localhost:0/': the port must be between 1 and 65535"),
        arguments(
            List.of("http://localhost:65536/"),
            "invalid URL 'http://localhost:65536/': the port must be between 1 and 65535"),
        arguments(List.of("http:///x"), "invalid URL 'http:///x': no host"),
        arguments(List.of(""), "an argument is empty; is a variable not set?"),
        arguments(List.of("-k", "", "-n", "2"), "an argument is empty; is a variable not set?"),
        arguments(List.of("serve", ""), "an argument is empty; is a variable not set?"),
        arguments(List.of("leaks", ""), "an argument is empty; is a variable not set?"),
        arguments(
            List.of("help"), "help: no such command; did you mean gb -h? gb -h lists the commands"),
        arguments(
            List.of("version"),
            "version: no such command; did you mean gb -V? gb -h lists the commands"),
        arguments(
            List.of("bench", URL),
            "bench: no such command; did you mean gb [options] URL? gb -h lists the commands"),
        arguments(
            List.of("leak", "123", "--json"),
            "leak: no such command; did you mean gb leaks? gb -h lists the commands"),
        arguments(
            List.of("copmare", "a", "b"),
            "copmare: no such command; did you mean gb compare? gb -h lists the commands"),
        arguments(
            List.of("server"),
            "server: no such command; did you mean gb serve? gb -h lists the commands"),
        arguments(
            List.of("-d30s", URL),
            "-d 30s: for a duration, as wrk's -d, use -t, and for wrk's -t"
                + " (threads) use -G"
                + HELP),
        arguments(
            List.of("-t4", "-c100", "-d", "30s", URL),
            "-d 30s: for a duration, as wrk's -d, use -t, and for wrk's -t"
                + " (threads) use -G"
                + HELP),
        arguments(List.of("-z", "30s", URL), "-z 30s: for a duration, as hey's -z, use -t" + HELP),
        arguments(
            List.of("-q", "50", URL),
            "-q 50: gb sends no fixed rate; -c limits what is under way at once, hey's -q" + HELP),
        arguments(
            List.of("-r10", URL), "-r 10: for a number of requests, as siege's -r, use -n" + HELP),
        arguments(
            List.of("-R2000", URL),
            "unknown option: -R; for a rate, as wrk2's -R: gb sends no fixed rate; -c limits what"
                + " is under way at once"
                + HELP),
        arguments(List.of("-X", "POST", URL), "-X POST: for a method, as curl's -X, use -m" + HELP),
        arguments(
            List.of("-x", "http://proxy:3128", URL),
            "-x http://proxy:3128: for a proxy, as hey's and curl's -x, use" + " -X" + HELP),
        arguments(
            List.of("-s", "post.lua", URL), "-s post.lua: gb runs no scripts, wrk's -s" + HELP),
        arguments(List.of("--duration", "30s", URL), "unknown option: --duration; use -t" + HELP),
        arguments(
            List.of("-d", "a=b&c=/", URL),
            "-d a=b&c=/: for a body, as curl's and hey's -d, use -p with a file" + HELP),
        arguments(
            List.of("-d", "@file", URL),
            "-d @file: for a body, as curl's and hey's -d, use -p with a file" + HELP),
        arguments(List.of("-duration=30s", URL), "-duration: use -t" + HELP),
        arguments(
            List.of("-rate", "50", URL),
            "-rate: gb sends no fixed rate; -c limits what is under way at once" + HELP),
        arguments(List.of("-cpus", "4", URL), "-cpus: use -G" + HELP),
        arguments(List.of("-disable-keepalive", URL), "-disable-keepalive: leave out -k" + HELP),
        arguments(List.of("-h2", URL), "-h2: gb speaks HTTP/1.1" + HELP),
        arguments(List.of("-host", "x", URL), "-host: use -H 'Host: ...'" + HELP),
        arguments(List.of("--vus", "10", URL), "unknown option: --vus; use -c" + HELP),
        arguments(List.of("--reps=5", URL), "unknown option: --reps; use -n" + HELP),
        arguments(
            List.of("--no-tui", URL),
            "unknown option: --no-tui; gb draws a bar only on a terminal; -q leaves it out" + HELP),
        arguments(List.of("-u", "10", URL), "-u 10: for virtual users, as k6's -u, use -c" + HELP),
        arguments(
            List.of("-i", "100", URL),
            "-i 100: for a number of requests, as k6's -i, use -n" + HELP),
        arguments(
            List.of("-u", "me:secret", URL),
            "-u: for user and password, as curl's -u, use -A" + HELP),
        arguments(
            List.of("-A", "text/html", URL),
            "-A: for an Accept or User-Agent, as hey's and siege's -A, use -H" + HELP),
        arguments(
            List.of("-b", "-c", "9", URL),
            "-b -c: here the size of a buffer; gb never pauses, as siege with -b" + HELP),
        arguments(List.of("-v", URL), "-v " + URL + ": needs a level here: 2, 3 or 4" + HELP),
        arguments(
            List.of("-s", URL),
            "-s "
                + URL
                + ": here the time limit of a request; -q shows no progress, as curl's -s"
                + HELP),
        arguments(
            List.of("-x", "http://me:secret@proxy:3128", URL),
            "-x http://***@proxy:3128: for a proxy, as hey's and curl's -x, use -X" + HELP),
        arguments(
            List.of(URL, "http://me:secret@localhost/"),
            "unexpected argument: http://***@localhost/; a run has one URL"),
        arguments(
            List.of("http://me:sec^ret@localhost/"),
            "invalid URL 'http://***@localhost/': use -A, or the header Authorization, for user"
                + " and password"),
        arguments(
            List.of("-H", "Authorization Bearer secret", URL),
            "-H 'Authorization': no 'name: value' with the colon right behind the name"),
        arguments(
            List.of("--certificate-password-file", "x", URL),
            "--certificate-password-file x: needs -E"),
        arguments(List.of("-q", "-H", "X: y"), "no URL given, and -H makes no sense without one"),
        arguments(
            List.of("-k", "--verify"), "no URL given, and --verify makes no sense without one"),
        arguments(List.of("-m", "GET"), "no URL given, and -m makes no sense without one"),
        arguments(
            List.of("http://me:secret@localhost/"),
            "invalid URL 'http://***@localhost/': use -A, or the header Authorization, for user and"
                + " password"),
        arguments(List.of("localhost:1/?next=ftp://x", "-n", "0"), "-n 0: must be at least 1"),
        arguments(
            List.of("me:secret@localhost/"),
            "invalid URL '***@localhost/': use -A, or the header Authorization, for user and"
                + " password"),
        arguments(
            List.of("http://me:secret@localhost:0/%zz"),
            "invalid URL 'http://***@localhost:0/%zz': use -A, or the header Authorization, for"
                + " user and password"),
        arguments(
            List.of("localhost/100%"),
            "invalid URL 'localhost/100%': '%' is no percent-encoded byte; write %25 for a percent"
                + " sign"),
        arguments(
            List.of("http://localhost/%zz"),
            "invalid URL 'http://localhost/%zz': '%zz' is no percent-encoded byte; write %25 for a"
                + " percent sign"),
        arguments(
            List.of("http://local host/"),
            "invalid URL 'http://local host/': ' ' in the name of the host"),
        arguments(
            List.of("-X", "straße.invalid:80", URL),
            "-X straße.invalid:80: 'ß' in the name of the host means different hosts to different"
                + " programs; write the name as xn--..."
                + HELP),
        arguments(
            List.of("http://straße.invalid/"),
            "invalid URL 'http://straße.invalid/': 'ß' in the name of the host means different"
                + " hosts to different programs; write the name as xn--..."),
        arguments(List.of("serve", "x"), "unexpected argument: x"),
        arguments(List.of("serve", "-p", "65536"), "-p 65536: not a port, 0 to 65535"),
        arguments(
            List.of("serve", "-p", "x"), "-p x: not a whole number; gb serve -h lists the options"),
        arguments(
            List.of("serve", "--io-threads", "0"), "--io-threads 0: must be between 1 and 256"));
  }

  @ParameterizedTest
  @MethodSource("wrongUsage")
  void wrongUsageIsOneLineAnd22(List<String> args, String message) {
    Gb gb = Gb.run(args.toArray(String[]::new));
    assertThat(gb.errLines()).containsExactly("gb: " + message);
    assertThat(gb.out()).isEmpty();
    assertThat(gb.code()).isEqualTo(22);
  }

  @ParameterizedTest
  @MethodSource("bodyOptions")
  void aMissingBodyFileIsNamed(String option, @TempDir Path folder) {
    Path file = folder.resolve("missing");
    Gb gb = Gb.run(option, file.toString(), URL);
    assertThat(gb.errLines()).containsExactly("gb: " + option + " " + file + ": no such file");
    assertThat(gb.out()).isEmpty();
    assertThat(gb.code()).isEqualTo(1);
  }

  static Stream<String> bodyOptions() {
    return Stream.of("-p", "-u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-e", "-g"})
  void aReportThatCannotBeWrittenEndsBeforeTheRun(String option, @TempDir Path folder)
      throws IOException {
    try (RawServer server = RawServer.friendly()) {
      Path file = folder.resolve("missing").resolve("file");
      Gb gb = Gb.run(option, file.toString(), server.url());
      assertThat(gb.errLines()).containsExactly("gb: " + option + " " + file + ": no such file");
      assertThat(server.connections()).isZero();
      assertThat(gb.code()).isEqualTo(1);
    }
  }

  @Test
  void aFolderIsNoBodyFile(@TempDir Path folder) {
    Gb gb = Gb.run("-p", folder.toString(), URL);
    assertThat(gb.errLines()).singleElement().asString().startsWith("gb: -p " + folder + ": ");
    assertThat(gb.out()).isEmpty();
    assertThat(gb.code()).isEqualTo(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anUnreadableBodyFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "the superuser reads everything");
    Gb gb = Gb.run("-u", file.toString(), URL);
    assertThat(gb.errLines()).containsExactly("gb: -u " + file + ": permission denied");
    assertThat(gb.code()).isEqualTo(1);
  }

  @Test
  void anUnknownHostIsNamed() {
    Gb gb = Gb.run("-n", "5", "http://no-such-host.invalid/");
    assertThat(gb.errLines())
        .containsExactly("gb: http://no-such-host.invalid/: unknown host no-such-host.invalid");
    assertThat(gb.out()).endsWith("Benchmarking no-such-host.invalid (be patient)...\n");
    assertThat(gb.code()).isEqualTo(1);
  }

  @Test
  void anUnknownProxyIsNamed() {
    Gb gb = Gb.run("-X", "no-such-proxy.invalid:3128", "http://localhost/");
    assertThat(gb.errLines())
        .containsExactly("gb: http://localhost/: unknown host no-such-proxy.invalid");
    assertThat(gb.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("concurrencies")
  void aRefusedPortEndsTheRunSoon(int concurrency) throws IOException {
    String url = "http://127.0.0.1:" + RawServer.refusedPort() + "/";
    Gb gb = Gb.run("-q", "-n", "1000", "-c", Integer.toString(concurrency), url);
    assertThat(gb.number("Complete requests:")).isBetween(10L, 10L + concurrency);
    assertThat(gb.errLines())
        .containsExactly(
            "gb: " + url + ": Test aborted after 10 failures (CONNECT: Connection refused)");
    assertThat(gb.out()).contains("Ended early:            nothing but failures from the start;");
    assertThat(gb.code()).isEqualTo(1);
  }

  static Stream<Integer> concurrencies() {
    return Stream.of(1, 4, 100);
  }

  @Test
  void aPortThatSpeaksNoTlsIsReported() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      Gb gb = Gb.run("-n", "3", url);
      assertThat(gb.number("Failed requests:")).isEqualTo(3);
      assertThat(gb.errLines())
          .singleElement()
          .asString()
          .startsWith("gb: " + url + ": nothing but failures (TLS: ");
      assertThat(gb.code()).isEqualTo(1);
    }
  }

  @Test
  void theLoopSaysThatItLeavesTlsToCore() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      assertThat(Gb.run("--engine", "loop", "-n", "3", url).errLines())
          .hasSize(2)
          .first()
          .isEqualTo("gb: --engine loop: speaks no TLS; sending with core instead");
    }
  }

  @Test
  void aResponseThatIsNoneEndsTheRunWithAReport() throws IOException {
    try (RawServer server = RawServer.answering("nonsense\r\n\r\n")) {
      Gb gb = Gb.run("-n", "100", server.url());
      assertThat(gb.number("Failed requests:")).isEqualTo(1);
      assertThat(gb.out()).contains("(-r goes on)");
      assertThat(gb.errLines())
          .singleElement()
          .asString()
          .startsWith(
              "gb: "
                  + server.url()
                  + ": stopped at the first response that could not be received; -r goes on"
                  + " (RECEIVE: ");
      assertThat(gb.code()).isEqualTo(1);
    }
  }

  @Test
  void withRTheRunGoesOnUntilItIsClearThatNothingWorks() throws IOException {
    try (RawServer server = RawServer.hangingUp()) {
      Gb gb = Gb.run("-r", "-n", "100", server.url());
      assertThat(gb.number("Failed requests:")).isBetween(10L, 11L);
      assertThat(gb.errLines())
          .singleElement()
          .asString()
          .startsWith("gb: " + server.url() + ": Test aborted after 10 failures (NO_RESPONSE: ");
      assertThat(gb.code()).isEqualTo(1);
    }
  }

  @Test
  void withRAShortRunGoesToItsEnd() throws IOException {
    try (RawServer server = RawServer.hangingUp()) {
      Gb gb = Gb.run("-r", "-n", "5", server.url());
      assertThat(gb.number("Failed requests:")).isEqualTo(5);
      assertThat(gb.out()).contains("   (Connect: 0, Receive: 5, Length: 0, Exceptions: 0)\n");
      assertThat(gb.errLines())
          .singleElement()
          .asString()
          .startsWith("gb: " + server.url() + ": nothing but failures (NO_RESPONSE: ");
      assertThat(gb.code()).isEqualTo(1);
    }
  }
}
