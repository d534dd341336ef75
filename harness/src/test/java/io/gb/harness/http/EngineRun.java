package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.harness.Engines;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a test runs an engine: against 127.0.0.1, and unless it says otherwise on one connection
 * without keep-alive or TLS, with a deadline that no good request meets. Immutable.
 */
record EngineRun(
    Origin origin, @Nullable List<InetSocketAddress> addresses, ConnectionConfig config) {

  private static final Duration LONG = Duration.ofSeconds(30);

  static EngineRun of(EngineKind kind, int port) {
    return new EngineRun(
        new Origin(false, "127.0.0.1", port),
        null,
        new ConnectionConfig(kind, 0, 1, false, LONG, false, false, Transport.DEFAULT, null));
  }

  EngineRun port(int value) {
    return new EngineRun(new Origin(origin.tls(), origin.host(), value), addresses, config);
  }

  private EngineRun with(
      int connections,
      boolean keepAlive,
      Duration timeout,
      Transport transport,
      @Nullable ExchangeListener listener) {
    return new EngineRun(
        origin,
        addresses,
        new ConnectionConfig(
            config.engine(),
            0,
            connections,
            keepAlive,
            timeout,
            config.retry(),
            config.strictHttp(),
            transport,
            listener));
  }

  EngineRun connections(int value) {
    return with(value, config.keepAlive(), config.timeout(), config.transport(), config.listener());
  }

  EngineRun withKeepAlive() {
    return with(
        config.concurrency(), true, config.timeout(), config.transport(), config.listener());
  }

  /** With requests sent again that got no response on a kept connection. */
  EngineRun withRetry() {
    return with(true, config.strictHttp());
  }

  /** With sloppy responses refused. */
  EngineRun strict() {
    return with(config.retry(), true);
  }

  private EngineRun with(boolean retry, boolean strict) {
    return new EngineRun(
        origin,
        addresses,
        new ConnectionConfig(
            config.engine(),
            0,
            config.concurrency(),
            config.keepAlive(),
            config.timeout(),
            retry,
            strict,
            config.transport(),
            config.listener()));
  }

  /** Over TLS; a test ends here, skipped, if the engine does not speak it. */
  EngineRun withTls() {
    assumeTrue(config.engine().speaksTls(), "speaks no TLS");
    return new EngineRun(new Origin(true, origin.host(), origin.port()), addresses, config);
  }

  /** To these addresses instead of the one of the origin. */
  EngineRun to(InetSocketAddress... value) {
    return new EngineRun(origin, List.of(value), config);
  }

  EngineRun timeout(Duration value) {
    return with(
        config.concurrency(), config.keepAlive(), value, config.transport(), config.listener());
  }

  EngineRun listener(ExchangeListener value) {
    return with(
        config.concurrency(), config.keepAlive(), config.timeout(), config.transport(), value);
  }

  EngineRun transport(Transport value) {
    return with(
        config.concurrency(), config.keepAlive(), config.timeout(), value, config.listener());
  }

  /** Opens the engine without starting it. */
  Engine open() throws IOException {
    return addresses == null
        ? Engines.open(origin, config)
        : Engines.open(origin, addresses, config);
  }

  /** A GET with just a Host. */
  static Job get(String target) {
    return new Job("GET", target, List.of(new Header("Host", "test")), new byte[0]);
  }

  /** A POST with Host and Content-Length. */
  static Job post(String target, byte[] body) {
    return new Job(
        "POST",
        target,
        List.of(
            new Header("Host", "test"),
            new Header("Content-Length", Integer.toString(body.length))),
        body);
  }

  /** Sends a job so many times, in a queue that is closed from the start, and waits for the end. */
  Result send(Job job, int times) throws IOException, InterruptedException {
    return send(queueOf(job, times));
  }

  /** Sends these jobs and waits for the end. */
  Result send(List<Job> jobs) throws IOException, InterruptedException {
    return send(queueOf(jobs));
  }

  private Result send(JobQueue<Job> jobs) throws IOException, InterruptedException {
    List<Queue<Outcome>> outcomes =
        IntStream.range(0, config.concurrency())
            .<Queue<Outcome>>mapToObj(i -> new ConcurrentLinkedQueue<>())
            .toList();
    jobs.close();
    try (Engine engine = open()) {
      EngineEnd end = await(engine.start(jobs, i -> outcomes.get(i)::add));
      return new Result(outcomes.stream().map(List::copyOf).toList(), end);
    }
  }

  /** An open queue that holds a job so many times. */
  static JobQueue<Job> queueOf(Job job, int times) {
    return queueOf(Collections.nCopies(times, job));
  }

  private static JobQueue<Job> queueOf(List<Job> jobs) {
    JobQueue<Job> queue = new JobQueue<>(Math.max(1, jobs.size()));
    jobs.forEach(job -> assertThat(queue.offer(job)).isTrue());
    return queue;
  }

  /** Waits longer than anything here may take. */
  static EngineEnd await(CompletableFuture<EngineEnd> end) throws InterruptedException {
    try {
      EngineEnd ended = end.get(50, TimeUnit.SECONDS);
      ended
          .failure()
          .ifPresent(failure -> {
            throw new AssertionError("a worker died", failure);
          });
      return ended;
    } catch (ExecutionException e) {
      throw new AssertionError("the end is not known", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the engine does not end", e);
    }
  }

  /**
   * What came of a run.
   *
   * @param byConnection the outcomes of each connection, in their order
   * @param end how the engine ended
   */
  record Result(List<List<Outcome>> byConnection, EngineEnd end) {

    ConnectionCounts connections() {
      return end.connections();
    }

    Optional<ServerInfo> server() {
      return end.server();
    }

    List<Outcome> outcomes() {
      return byConnection.stream().flatMap(List::stream).toList();
    }

    /** All outcomes, each of which must be a success. */
    List<Outcome.Completed> completed() {
      List<Outcome.Completed> completed = new ArrayList<>();
      for (Outcome outcome : outcomes()) {
        if (outcome instanceof Outcome.Failed failed) {
          throw new AssertionError("failed: " + failed, failed.cause());
        }
        completed.add((Outcome.Completed) outcome);
      }
      return completed;
    }

    /** The one outcome, which must be a success. */
    Outcome.Completed onlyCompleted() {
      assertThat(completed()).hasSize(1);
      return completed().getFirst();
    }

    /** The one outcome, which must be a failure. */
    Outcome.Failed onlyFailed() {
      assertThat(outcomes()).singleElement().isInstanceOf(Outcome.Failed.class);
      return (Outcome.Failed) outcomes().getFirst();
    }
  }
}
