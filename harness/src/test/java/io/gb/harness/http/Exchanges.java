package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has an engine do many exchanges at a time, and tells what it made of each. */
final class Exchanges {

  /*
   * The number of an exchange is in the length of its target: so the server knows what to answer,
   * and the bytes that an outcome says were sent tell which exchange it is of.
   */

  private Exchanges() {}

  /** Each exchange on a connection of its own, which would be kept alive. */
  static Comparison.SeenByEngine sendApart(EngineKind kind, List<Exchange> exchanges)
      throws IOException, InterruptedException {
    return send(kind, exchanges, exchanges.size());
  }

  /** Each exchange on a connection of its own, with sloppy responses refused. */
  static List<Seen> sendStrictly(EngineKind kind, List<Exchange> exchanges)
      throws IOException, InterruptedException {
    return send(EngineRun.of(kind, 1).strict(), exchanges, exchanges.size()).seen();
  }

  /** On so many connections, which are kept alive. */
  static Comparison.SeenByEngine send(EngineKind kind, List<Exchange> exchanges, int connections)
      throws IOException, InterruptedException {
    return send(EngineRun.of(kind, 1), exchanges, connections);
  }

  private static Comparison.SeenByEngine send(
      EngineRun run, List<Exchange> exchanges, int connections)
      throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start(Answer.to(request -> exchanges.get(number(request)).answer()))) {
      EngineRun.Result result =
          run.port(server.port())
              .connections(connections)
              .withKeepAlive()
              .send(requests(exchanges));
      assertConnectionsWereReused(result, server);
      return new Comparison.SeenByEngine(
          inOrder(result, server, exchanges.size()), result.end().sloppyResponses());
    }
  }

  private static List<Job> requests(List<Exchange> exchanges) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < exchanges.size(); i++) {
      jobs.add(exchanges.get(i).request("/" + "x".repeat(2 * i)));
    }
    return jobs;
  }

  private static int number(ScriptedServer.Request request) {
    return request.requestLine().split(" ", -1)[1].length() / 2;
  }

  private static List<Seen> inOrder(EngineRun.Result result, ScriptedServer server, int count) {
    Map<Long, Integer> numbers = new HashMap<>();
    server
        .requests()
        .forEach(request -> numbers.put((long) request.head().length(), number(request)));
    Seen[] seen = new Seen[count];
    for (Outcome outcome : result.outcomes()) {
      int number = numbers.getOrDefault(outcome.bytesSent(), -1);
      assertThat(number).as("%s", outcome).isNotNegative();
      seen[number] = Seen.of(outcome);
    }
    assertThat(seen).doesNotContainNull();
    return Arrays.asList(seen);
  }

  /** An engine that says it keeps a connection must send the next request there. */
  private static void assertConnectionsWereReused(EngineRun.Result result, ScriptedServer server) {
    long expected = result.connections().closedByServer();
    for (List<Outcome> outcomes : result.byConnection()) {
      boolean open = false;
      for (Outcome outcome : outcomes) {
        expected += open ? 0 : 1;
        open = Seen.of(outcome).reusable();
      }
    }
    assertThat(server.connectionsAccepted()).isEqualTo((int) expected);
    assertThat(result.connections().opened()).isEqualTo(expected);
  }
}
