package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.http.Comparison.SeenByEngine;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same bytes for all engines: status, length of the body, kind of error, what becomes of the
 * connection and what is counted as sloppy must be the same. {@code
 * -Dgb.differential.exchanges=1000000} makes it thorough, and {@code -Dgb.differential.seed}
 * repeats a failure, whose seed it prints.
 */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NoThreadLeaks
class DifferentialTest {

  private static final int EXCHANGES = Integer.getInteger("gb.differential.exchanges", 10_000);
  private static final int AT_A_TIME = 250;
  private static final int CONNECTIONS = 10;
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void enginesAgreeOnValidResponses() throws IOException, InterruptedException {
    long seed = Long.getLong("gb.differential.seed", System.nanoTime());
    for (int done = 0; done < EXCHANGES; done += AT_A_TIME, seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      List<RandomResponse> responses =
          IntStream.range(0, AT_A_TIME).mapToObj(i -> RandomResponse.draw(random)).toList();
      List<Exchange> exchanges =
          responses.stream().map(response -> response.exchange(random)).toList();
      List<Seen> right = responses.stream().map(RandomResponse::seen).toList();
      for (EngineKind kind : EngineKind.values()) {
        SeenByEngine result = Exchanges.send(kind, exchanges, CONNECTIONS);
        assertThat(result.seen()).as("%s, seed %d", kind, seed).isEqualTo(right);
        assertThat(result.sloppy()).as("%s, seed %d", kind, seed).isEmpty();
      }
      assertThat(exchanges)
          .allSatisfy(exchange -> assertThat(reading(exchange).sloppy()).isEmpty());
    }
  }

  private static ReferenceReader.Reading reading(Exchange exchange) {
    return ReferenceReader.read(exchange.method(), exchange.bytes());
  }

  @Test
  void enginesAgreeOnMutatedResponses() throws IOException, InterruptedException {
    long seed = Long.getLong("gb.differential.seed", System.nanoTime());
    for (int done = 0; done < EXCHANGES; done += AT_A_TIME, seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      List<Exchange> exchanges =
          IntStream.range(0, AT_A_TIME).mapToObj(i -> mutated(random)).toList();
      for (EngineKind kind : EngineKind.values()) {
        assertThat(problems(kind, exchanges)).as("seed %d", seed).isEmpty();
      }
    }
  }

  private static Exchange mutated(RandomGenerator random) {
    RandomResponse valid = RandomResponse.draw(random);
    return Exchange.cutAtRandom(valid.method(), Mutation.of(valid.bytes(), random), true, random);
  }

  private static List<String> problems(EngineKind kind, List<Exchange> exchanges)
      throws IOException, InterruptedException {
    return Comparison.problems(kind, exchanges, Exchanges.sendApart(kind, exchanges));
  }

  @Test
  void engineThatMiscountsOneBodyIsCaught() throws IOException, InterruptedException {
    RandomGenerator random = new SplittableRandom(1);
    List<Exchange> exchanges =
        IntStream.range(0, 100)
            .mapToObj(i -> RandomResponse.draw(random).exchange(random))
            .toList();
    SeenByEngine right = Exchanges.sendApart(EngineKind.LOOP, exchanges);
    assertThat(Comparison.problems(EngineKind.LOOP, exchanges, right)).isEmpty();
    assertThat(Comparison.problems(EngineKind.LOOP, exchanges, withOneByteMore(right, 50)))
        .singleElement()
        .asString()
        .startsWith(exchanges.get(50).toString());
  }

  private static SeenByEngine withOneByteMore(SeenByEngine result, int which) {
    List<Seen> miscounted = new ArrayList<>(result.seen());
    Seen right = miscounted.get(which);
    miscounted.set(which, Seen.completed(right.status(), right.bodyBytes() + 1, right.reusable()));
    return new SeenByEngine(miscounted, result.sloppy());
  }

  @Test
  void sloppyResponseThatIsNotCountedIsCaught() throws IOException, InterruptedException {
    List<Exchange> exchanges =
        List.of(Exchange.closing("GET", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok"));
    SeenByEngine right = Exchanges.sendApart(EngineKind.LOOP, exchanges);
    assertThat(Comparison.problems(EngineKind.LOOP, exchanges, right)).isEmpty();
    SeenByEngine wrong = new SeenByEngine(right.seen(), Map.of());
    assertThat(Comparison.problems(EngineKind.LOOP, exchanges, wrong)).hasSize(1);
  }

  static Stream<EngineFailuresTest.Case> faults() {
    return Stream.concat(EngineFailuresTest.quickFailures(), EngineFailuresTest.endlessAnswers());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void enginesAgreeOnFaults(EngineFailuresTest.Case fault)
      throws IOException, InterruptedException {
    boolean endless = fault.kind() == ErrorKind.TIMEOUT;
    assertAllTheSame(EngineRun.get("/"), fault.answer(), endless ? SHORT : LONG);
  }

  @ParameterizedTest
  @MethodSource("io.gb.harness.http.EngineResponsesTest#responses")
  void enginesAgreeOnResponsesOfEveryFraming(EngineResponsesTest.Case response)
      throws IOException, InterruptedException {
    Job job = new Job(response.method(), "/", List.of(new Header("Host", "test")), new byte[0]);
    Answer answer = Answer.of(response.bytes());
    assertAllTheSame(job, response.keepsAlive() ? answer : answer.thenClose(), LONG);
  }

  private static void assertAllTheSame(Job job, Answer answer, Duration timeout)
      throws IOException, InterruptedException {
    List<Seen> byLoop = seenOf(EngineKind.LOOP, job, answer, timeout);
    assertThat(seenOf(EngineKind.CORE, job, answer, timeout)).isEqualTo(byLoop);
    assertThat(seenOf(EngineKind.CLIENT, job, answer, timeout)).isEqualTo(byLoop);
  }

  private static List<Seen> seenOf(EngineKind kind, Job job, Answer answer, Duration timeout)
      throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.start(answer)) {
      return EngineRun.of(kind, server.port())
          .timeout(timeout)
          .withKeepAlive()
          .send(job, 1)
          .outcomes()
          .stream()
          .map(Seen::of)
          .toList();
    }
  }
}
