package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.LeftBehind;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.http.EngineKind;
import io.gb.harness.job.ErrorKind;
import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Valid responses, mutated at random and cut at random places: no run hangs, no exception gets out
 * of an engine, and the counts always add up. {@code -Dgb.fuzz.seconds=600} makes it thorough, and
 * {@code -Dgb.fuzz.seed} repeats a failure, whose seed it prints.
 */
@NoThreadLeaks
class FuzzTest {

  private static final int SECONDS = Integer.getInteger("gb.fuzz.seconds", 3);
  private static final int SECONDS_AT_MOST = 1200;
  private static final int REQUESTS = 500;
  private static final int CONNECTIONS = 10;
  private static final Duration DEADLINE = Duration.ofMillis(100);

  /** A bar stands for a line break. */
  private static final List<String> RESPONSES =
      Stream.of(
              "HTTP/1.1 200 OK|Server: s|Content-Length: 5||hello",
              "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0||",
              "HTTP/1.1 200 OK|Transfer-Encoding: chunked||a;b=c|0123456789|0|X: y||",
              "HTTP/1.0 200 OK||hello until the end",
              "HTTP/1.0 200 OK|Connection: Keep-Alive|Content-Length: 2||ok",
              "HTTP/1.1 204 No Content|Connection: close||",
              "HTTP/1.1 304 Not Modified|ETag: x|Content-Length: 10||",
              "HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 200 OK|Content-Length: 1||x",
              "HTTP/1.1 302 Found|Location: /other|Content-Length: 0||",
              "HTTP/1.1 200 OK|Content-Encoding: gzip|Content-Length: 3||???")
          .map(response -> response.replace("|", "\r\n"))
          .toList();

  @ParameterizedTest
  @EnumSource
  @Timeout(value = SECONDS_AT_MOST, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutatedResponsesAreSurvived(EngineKind kind) throws IOException, InterruptedException {
    long seed = Long.getLong("gb.fuzz.seed", System.nanoTime());
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    for (long round = seed; round == seed || System.nanoTime() < end; round++) {
      run(kind, round);
    }
  }

  private static void run(EngineKind kind, long seed) throws IOException, InterruptedException {
    LeftBehind left = LeftBehind.fromNow();
    SplittableRandom random = new SplittableRandom(seed);
    boolean keepAlive = random.nextBoolean();
    boolean variable = random.nextBoolean();
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            answer(new SplittableRandom(seed + 31L * connection + 7919L * request)))) {
      BenchmarkResult result =
          Benchmark.run(
              BenchmarkConfig.builder(server.uri("/"))
                  .engine(kind)
                  .requests(REQUESTS)
                  .concurrency(CONNECTIONS)
                  .keepAlive(keepAlive)
                  .variableLength(variable)
                  .timeout(DEADLINE)
                  .giveUpAfter(0)
                  .build());
      assertThat(result.completed() + result.failed()).as("seed %d", seed).isEqualTo(REQUESTS);
      assertThat(result.summary().errors()).as("seed %d", seed).doesNotContainKey(ErrorKind.OTHER);
      assertThat(result.latencies().count()).as("seed %d", seed).isEqualTo(result.completed());
      server.awaitNoneOpen();
    }
    assertThat(left.names()).as("seed %d", seed).isEmpty();
  }

  private static Answer answer(RandomGenerator random) {
    StringBuilder bytes = new StringBuilder(RESPONSES.get(random.nextInt(RESPONSES.size())));
    for (int i = random.nextInt(4); i > 0 && !bytes.isEmpty(); i--) {
      mutate(bytes, random);
    }
    int cut = random.nextInt(bytes.length() + 1);
    Answer answer = Answer.of(bytes.substring(0, cut)).then(bytes.substring(cut));
    return switch (random.nextInt(8)) {
      case 0 -> answer.thenReset();
      case 1 -> answer.thenHang();
      case 2, 3 -> answer;
      default -> answer.thenClose();
    };
  }

  private static void mutate(StringBuilder bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length());
    int behind = Math.min(bytes.length(), at + 1 + random.nextInt(8));
    switch (random.nextInt(6)) {
      case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
      case 1 -> bytes.insert(at, (char) random.nextInt(256));
      case 2 -> bytes.delete(at, behind);
      case 3 -> bytes.insert(at, bytes.substring(at, behind));
      case 4 -> bytes.setLength(at);
      default -> bytes.setCharAt(at, "\r\n :;,0123456789-\0".charAt(random.nextInt(18)));
    }
  }
}
