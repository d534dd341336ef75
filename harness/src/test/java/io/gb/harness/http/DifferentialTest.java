package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same bytes for all engines: status, length of the body, kind of error and what becomes of the
 * connection must be the same, or differ in a way that has a name. {@code
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
      SeenByAll seen = SeenByAll.of(kind -> Exchanges.send(kind, exchanges, CONNECTIONS));
      assertThat(seen.loop()).as("seed %d", seed).isEqualTo(right);
      assertNoProblems(compare(exchanges, seen), seed);
    }
  }

  @Test
  void enginesAgreeOnMutatedResponsesButForWhatHasAName() throws IOException, InterruptedException {
    long seed = Long.getLong("gb.differential.seed", System.nanoTime());
    for (int done = 0; done < EXCHANGES; done += AT_A_TIME, seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      List<Exchange> exchanges =
          IntStream.range(0, AT_A_TIME).mapToObj(i -> mutated(random)).toList();
      assertNoProblems(compare(exchanges, sendToAll(exchanges)), seed);
    }
  }

  private static Exchange mutated(RandomGenerator random) {
    RandomResponse valid = RandomResponse.draw(random);
    return Exchange.cutAtRandom(valid.method(), Mutation.of(valid.bytes(), random), true, random);
  }

  private static SeenByAll sendToAll(List<Exchange> exchanges)
      throws IOException, InterruptedException {
    return SeenByAll.of(kind -> Exchanges.sendApart(kind, exchanges));
  }

  private static Comparison compare(List<Exchange> exchanges, SeenByAll seen) {
    Comparison comparison = new Comparison();
    for (int i = 0; i < exchanges.size(); i++) {
      comparison.compare(
          exchanges.get(i), seen.loop().get(i), seen.core().get(i), seen.client().get(i));
    }
    return comparison;
  }

  private static void assertNoProblems(Comparison comparison, long seed) {
    assertThat(comparison.problems()).as("seed %d", seed).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void eachDifferenceIsOne(Difference difference) throws IOException, InterruptedException {
    List<Exchange> exchanges = List.of(difference.example());
    Comparison comparison = compare(exchanges, sendToAll(exchanges));
    assertThat(comparison.problems()).isEmpty();
    assertThat(comparison.needed()).containsExactly(difference);
  }

  @Test
  void documentTellsEachDifferenceAndItsSection() throws IOException {
    String document = Files.readString(Path.of("../docs/http-parsing.md"));
    assertThat(Difference.values())
        .allSatisfy(difference ->
            assertThat(document)
                .contains("| " + difference.title() + " | " + difference.section() + " |"));
  }

  @Test
  void readerThatMiscountsOneBodyIsCaught() throws IOException, InterruptedException {
    RandomGenerator random = new SplittableRandom(1);
    List<Exchange> exchanges =
        IntStream.range(0, 100)
            .mapToObj(i -> RandomResponse.draw(random).exchange(random))
            .toList();
    SeenByAll right = sendToAll(exchanges);
    assertThat(compare(exchanges, right).problems()).isEmpty();
    for (EngineKind kind : EngineKind.values()) {
      SeenByAll wrong =
          SeenByAll.of(
              which -> which == kind ? withOneByteMore(right.by(which), 50) : right.by(which));
      assertThat(compare(exchanges, wrong).problems())
          .singleElement()
          .asString()
          .startsWith(exchanges.get(50).toString());
    }
  }

  private static List<Seen> withOneByteMore(List<Seen> seen, int which) {
    List<Seen> miscounted = new ArrayList<>(seen);
    Seen right = seen.get(which);
    miscounted.set(which, Seen.completed(right.status(), right.bodyBytes() + 1, right.reusable()));
    return miscounted;
  }

  /** What a difference does not explain stays a problem, though the bytes hold the difference. */
  @Test
  void differenceExplainsNoMoreThanItsOwnEffect() {
    Exchange surplus = Difference.SURPLUS.example();
    Seen right = Seen.completed(200, 2, true);
    assertThat(problems(surplus, right, Seen.completed(200, 2, false))).isEmpty();
    assertThat(problems(surplus, right, Seen.completed(200, 3, true))).hasSize(1);
    Exchange cut = Difference.CUT_BEHIND_CHUNK.example();
    Seen tooShort = Seen.failed(ErrorKind.LENGTH);
    assertThat(problems(cut, tooShort, Seen.failed(ErrorKind.RECEIVE))).isEmpty();
    assertThat(problems(cut, tooShort, right)).hasSize(1);
    Exchange foldedLine = Difference.FOLDED_LINE.example();
    assertThat(problems(foldedLine, Seen.failed(ErrorKind.RECEIVE), right)).isEmpty();
    assertThat(problems(foldedLine, right, Seen.failed(ErrorKind.RECEIVE))).hasSize(1);
  }

  private static List<String> problems(Exchange exchange, Seen loop, Seen library) {
    Comparison comparison = new Comparison();
    comparison.compare(exchange, loop, library, library);
    return comparison.problems();
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
    SeenByAll seen = SeenByAll.of(kind -> seenOf(kind, job, answer, timeout));
    assertThat(seen.core()).isEqualTo(seen.client());
    assertThat(seen.loop()).isEqualTo(seen.core());
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

  /** What the engines made of the same exchanges. */
  private record SeenByAll(List<Seen> client, List<Seen> core, List<Seen> loop) {

    /** Sends with an engine. */
    interface Sender {
      List<Seen> send(EngineKind kind) throws IOException, InterruptedException;
    }

    static SeenByAll of(Sender sender) throws IOException, InterruptedException {
      return new SeenByAll(
          sender.send(EngineKind.CLIENT),
          sender.send(EngineKind.CORE),
          sender.send(EngineKind.LOOP));
    }

    List<Seen> by(EngineKind kind) {
      return switch (kind) {
        case CLIENT -> client;
        case CORE -> core;
        case LOOP -> loop;
      };
    }
  }
}
