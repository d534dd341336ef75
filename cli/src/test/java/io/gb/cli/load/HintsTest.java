package io.gb.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.cli.Gb;
import io.gb.cli.RawServer;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hint stands in the report if its option may help, and not otherwise. */
@Timeout(120)
@NoThreadLeaks
class HintsTest {

  private static final String KEEP = "every request opened a connection; -k keeps them open";
  private static final String LENGTH = "bodies differ in length; -l takes them for complete";
  private static final String RETRY = "--retry sends once more what got no response";
  private static final String PROXY = "the proxy asks for credentials; -P user:password";
  private static final String IMPLIED = "-t implies -n 50000, which ended the run; -n behind -t";

  private static List<String> hints(String options, String url) {
    List<String> line = new ArrayList<>(List.of(options.split(" ", -1)));
    line.add(url);
    Gb gb = Gb.run(line.toArray(String[]::new));
    assertThat(gb.out().lines()).allMatch(row -> !row.startsWith("Hint") || row.length() <= 80);
    return gb.out()
        .lines()
        .filter(row -> row.startsWith("Hint:"))
        .map(row -> row.substring(24))
        .toList();
  }

  @Test
  void connectionsMayBeKept() throws IOException {
    try (RawServer server = RawServer.friendly()) {
      assertThat(hints("-n 2", server.url())).containsExactly(KEEP);
      assertThat(hints("-n 1", server.url())).isEmpty();
      assertThat(hints("-k -n 2", server.url())).isEmpty();
      assertThat(hints("-w -n 2", server.url())).isEmpty();
    }
  }

  @Test
  void aTimeLimitImpliesANumberOfRequests() throws IOException {
    try (RawServer server = RawServer.friendly()) {
      assertThat(hints("-k -c 10 -t 100", server.url())).containsExactly(IMPLIED);
      assertThat(hints("-k -t 100 -n 5", server.url())).isEmpty();
      assertThat(hints("-k -t 0.05", server.url())).isEmpty();
    }
  }

  @Test
  void bodiesMayDiffer() throws IOException {
    try (RawServer server =
        RawServer.obeying(
            (request, number) -> RawServer.Answer.of("200 OK", "x".repeat(1 + number % 2)))) {
      assertThat(hints("-k -n 4", server.url())).containsExactly(LENGTH);
      assertThat(hints("-k -n 4 -l", server.url())).isEmpty();
    }
    // A body that is cut short is another matter.
    try (RawServer server =
        RawServer.obeying((request, number) ->
            new RawServer.Answer("200 OK", "Content-Length: 9\r\n", "x", number > 1))) {
      assertThat(hints("-k -n 2 -s 0.2", server.url())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"-k, true", "-k --retry, false", "-k -m POST, false"})
  void requestsWithoutAResponseMayBeSentAgain(String options, boolean isHinted) throws IOException {
    try (RawServer server = RawServer.closingInsteadOfEverySecondAnswer()) {
      assertThat(hints(options + " -n 4", server.url()).contains(RETRY)).isEqualTo(isHinted);
    }
  }

  @Test
  void aServerThatNeverAnswersIsNotAskedAgain() throws IOException {
    try (RawServer server = RawServer.hangingUp()) {
      assertThat(hints("-k -n 4", server.url())).isEmpty();
    }
  }

  @Test
  void aProxyMayAskForCredentials() throws IOException {
    String refusal = "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n";
    try (RawServer proxy = RawServer.answering(refusal)) {
      String through = "-k -n 2 -X " + proxy.authority();
      assertThat(hints(through, "https://127.0.0.1:1/")).containsExactly(PROXY);
      assertThat(hints(through, "http://127.0.0.1:1/")).containsExactly(PROXY);
    }
    String forbidden = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
    try (RawServer proxy = RawServer.answering(forbidden)) {
      assertThat(hints("-k -n 2 -X " + proxy.authority(), "https://127.0.0.1:1/")).isEmpty();
    }
  }

  @Test
  void aServerMayAskForCredentials() throws IOException {
    String refusal = "HTTP/1.1 401 Who are you\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = RawServer.answering(refusal)) {
      assertThat(hints("-k -n 2", server.url()))
          .containsExactly("the server asks for credentials; -A user:password");
    }
  }
}
