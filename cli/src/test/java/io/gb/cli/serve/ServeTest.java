package io.gb.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gb.cli.Gb;
import io.gb.cli.Main;
import io.gb.cli.RawServer;
import io.gb.cli.command.Console;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code gb serve} prints its URL and serves until it is interrupted. */
@Timeout(60)
@NoThreadLeaks
class ServeTest {

  @Test
  void itPrintsItsUrlAndServesUntilInterrupted() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream();
        BufferedReader printed =
            new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8))) {
      CompletableFuture<Integer> code = new CompletableFuture<>();
      Thread serving =
          Thread.ofPlatform()
              .start(() ->
                  code.complete(
                      Main.run(
                          new String[] {"serve"},
                          new Console(
                              new PrintStream(out, false, UTF_8),
                              new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
                              false))));
      String line = printed.readLine();
      assertThat(line).matches("Serving http://127\\.0\\.0\\.1:[0-9]+/10k\\.dat");
      String url = line.substring("Serving ".length());
      assertThat(Gb.run("-n", "3", url).number("HTML transferred:")).isEqualTo(3 * 10_240);
      serving.interrupt();
      assertThat(code.get()).isEqualTo(130);
      assertThat(Gb.run("-n", "1", url).number("Failed requests:")).isEqualTo(1);
    }
  }

  @Test
  void anAddressThatOthersCanReachIsAWarning() throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PipedOutputStream out = new PipedOutputStream();
        BufferedReader printed =
            new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8))) {
      Console console =
          new Console(new PrintStream(out, false, UTF_8), new PrintStream(err, true, UTF_8), false);
      Thread serving =
          Thread.ofPlatform()
              .start(() -> Main.run(new String[] {"serve", "--bind", "0.0.0.0"}, console));
      String line = printed.readLine();
      assertThat(line).matches("Serving http://127\\.0\\.0\\.1:[0-9]+/10k\\.dat");
      String port = line.replaceAll(".*:([0-9]+)/.*", "$1");
      assertThat(err.toString(UTF_8))
          .isEqualTo(
              "gb: WARNING: listening on 0.0.0.0 port "
                  + port
                  + "; other machines can reach this server\n");
      serving.interrupt();
      serving.join();
    }
  }

  @Test
  void aPortInUseIsReported() throws IOException {
    try (RawServer other = RawServer.friendly()) {
      Gb gb = Gb.run("serve", "--port", Integer.toString(other.port()));
      assertThat(gb.errLines())
          .singleElement()
          .asString()
          .startsWith("gb: cannot listen on " + other.authority() + ": ");
      assertThat(gb.out()).isEmpty();
      assertThat(gb.code()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownAddressIsReported() {
    Gb gb = Gb.run("serve", "--bind", "no-such-host.invalid");
    assertThat(gb.errLines()).containsExactly("gb: --bind no-such-host.invalid: unknown host");
    assertThat(gb.code()).isEqualTo(1);
  }

  @Test
  void itServesHttpsWithACertificateThatItWrites(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("cert.pem");
    try (PipedOutputStream out = new PipedOutputStream();
        BufferedReader printed =
            new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8))) {
      Console console =
          new Console(
              new PrintStream(out, false, UTF_8),
              new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
              false);
      String[] arguments = {"serve", "--https", "--write-cert", file.toString()};
      Thread serving = Thread.ofPlatform().start(() -> Main.run(arguments, console));
      String line = printed.readLine();
      assertThat(line).matches("Serving https://127\\.0\\.0\\.1:[0-9]+/10k\\.dat");
      String url = line.substring("Serving ".length());
      assertThat(Gb.run("-n", "3", url).number("HTML transferred:")).isEqualTo(3 * 10_240);
      try (InputStream pem = Files.newInputStream(file);
          SSLSocket socket =
              (SSLSocket)
                  SSLContext.getDefault()
                      .getSocketFactory()
                      .createSocket("127.0.0.1", URI.create(url).getPort())) {
        assertThat(CertificateFactory.getInstance("X.509").generateCertificates(pem)).hasSize(1);
        // The JDK trusts the certificates of authorities only.
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
      serving.interrupt();
      serving.join();
    }
  }

  @Test
  void aCertificateIsWrittenWithHttpsOnly() {
    Gb gb = Gb.run("serve", "--write-cert", "cert.pem");
    assertThat(gb.errLines()).containsExactly("gb: --write-cert cert.pem: needs --https");
    assertThat(gb.code()).isEqualTo(22);
  }

  @Test
  void aCertificateThatCannotBeWrittenEndsIt(@TempDir Path folder) {
    Gb gb = Gb.run("serve", "--https", "--write-cert", folder.toString());
    assertThat(gb.errLines())
        .singleElement()
        .asString()
        .startsWith("gb: --write-cert " + folder + ": ");
    assertThat(gb.code()).isEqualTo(1);
  }
}
