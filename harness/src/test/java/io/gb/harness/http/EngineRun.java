package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gb.harness.Engines;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import java.io.IOException;
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
    EngineKind kind,
    int port,
    int connections,
    boolean keepAlive,
    boolean tls,
    Duration timeout,
    Transport transport,
    @Nullable ExchangeListener listener) {

  private static final Duration LONG = Duration.ofSeconds(30);

  static EngineRun of(EngineKind kind, int port) {
    return new EngineRun(kind, port, 1, false, false, LONG, Transport.DEFAULT, null);
  }

  EngineRun connections(int value) {
    return new EngineRun(kind, port, value, keepAlive, tls, timeout, transport, listener);
  }

  EngineRun withKeepAlive() {
    return new EngineRun(kind, port, connections, true, tls, timeout, transport, listener);
  }

  /** Over TLS; a test ends here, skipped, if the engine does not speak it. */
  EngineRun withTls() {
    assumeTrue(kind.speaksTls(), "speaks no TLS");
    return new EngineRun(kind, port, connections, keepAlive, true, timeout, transport, listener);
  }

  EngineRun timeout(Duration value) {
    return new EngineRun(kind, port, connections, keepAlive, tls, value, transport, listener);
  }

  EngineRun listener(ExchangeListener value) {
    return new EngineRun(kind, port, connections, keepAlive, tls, timeout, transport, value);
  }

  EngineRun transport(Transport value) {
    return new EngineRun(kind, port, connections, keepAlive, tls, timeout, value, listener);
  }

  /** Opens the engine without starting it. */
  Engine open() throws IOException {
    return Engines.open(
        new EngineConfig(
            kind, tls, "127.0.0.1", port, connections, keepAlive, timeout, 0, transport, listener));
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
        IntStream.range(0, connections)
            .<Queue<Outcome>>mapToObj(i -> new ConcurrentLinkedQueue<>())
            .toList();
    jobs.close();
    try (Engine engine = open()) {
      await(engine.start(jobs, i -> outcomes.get(i)::add));
      return new Result(
          outcomes.stream().map(List::copyOf).toList(),
          engine.connections(),
          engine.server(),
          engine.recalled());
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
  static void await(CompletableFuture<Void> end) throws InterruptedException {
    try {
      end.get(50, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a worker died", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the engine does not end", e);
    }
  }

  /**
   * What came of a run.
   *
   * @param byConnection the outcomes of each connection, in their order
   * @param connections see {@link Engine#connections()}
   * @param server see {@link Engine#server()}
   * @param recalled see {@link Engine#recalled()}
   */
  record Result(
      List<List<Outcome>> byConnection,
      ConnectionCounts connections,
      Optional<ServerInfo> server,
      long recalled) {

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
