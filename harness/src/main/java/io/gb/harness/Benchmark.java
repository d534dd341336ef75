package io.gb.harness;

import io.gb.harness.http.Engine;
import io.gb.harness.http.EngineConfig;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.load.EndReason;
import io.gb.harness.load.Judge;
import io.gb.harness.load.Producer;
import io.gb.harness.load.StopSignal;
import io.gb.harness.stats.Progress;
import io.gb.harness.stats.Recorder;
import io.gb.harness.stats.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a load test. When {@link #run()} returns, none of its threads is alive and none of its
 * connections open, however it ended.
 *
 * <p>One thread runs; any thread may {@linkplain #cancel() cancel} or look at the {@linkplain
 * #progress() progress} meanwhile. A benchmark runs once.
 */
public final class Benchmark {

  private static final int QUEUE_CAPACITY = 1024;
  private static final Duration FOREVER = Duration.ofSeconds(Integer.MAX_VALUE);

  private final BenchmarkConfig config;
  private final StopSignal stop = new StopSignal();
  private volatile @Nullable Recorder recorder;

  /**
   * Prepares a run.
   *
   * @param config what to do
   */
  public Benchmark(BenchmarkConfig config) {
    this.config = config;
  }

  /**
   * Runs a benchmark to its end.
   *
   * @param config what to do
   * @return what came of it
   * @throws IOException if the host is unknown; failing requests are part of the result instead
   */
  public static BenchmarkResult run(BenchmarkConfig config) throws IOException {
    return new Benchmark(config).run();
  }

  /**
   * Asks the run to end now. It returns what was measured so far. Does not wait for that; closes
   * the connections in the calling thread. Without effect if all requests have ended, and a run
   * that has not begun ends at once.
   */
  public void cancel() {
    stop.stop(EndReason.CANCELLED);
  }

  /** Returns how far the run has come. */
  public Progress progress() {
    Recorder current = recorder;
    return current == null ? new Progress(0, 0) : current.progress();
  }

  /**
   * Runs, and waits for the end. Interrupting the calling thread ends the run like {@link #cancel};
   * the interrupt status is kept.
   *
   * @return what came of it
   * @throws IOException if the host is unknown; failing requests are part of the result instead
   * @throws IllegalStateException if this benchmark has run before
   */
  public BenchmarkResult run() throws IOException {
    Job job = JobFactory.create(config);
    Judge judge =
        new Judge(
            new Judge.Rules(
                config.variableLength(), config.stopOnReceiveError(), config.giveUpAfter()),
            stop);
    // Closed in reverse: no more jobs, then no more workers, then no more connections.
    try (Engine engine = Engines.open(engineConfig());
        JobQueue<Job> jobs = new JobQueue<>(QUEUE_CAPACITY);
        Producer producer = new Producer(jobs, job, config.requests(), judge)) {
      var _ = stop.reason().thenRun(engine::abort).thenRun(jobs::close);
      long cpuAtStart = CpuUse.processNanos();
      long start = System.nanoTime();
      Recorder outcomes = startRecording(start);
      Sampler sampler = new Sampler(config.samples(), Instant.now(), start);
      CompletableFuture<Void> done =
          engine.start(jobs, connection -> judge.before(sampler.before(outcomes.sink(connection))));
      producer.start();
      EndReason reason = awaitEnd(done);
      long elapsed = System.nanoTime() - start;
      CpuUse cpu = CpuUse.since(cpuAtStart);
      producer.stop();
      done.join();
      long unsent = engine.recalled() + engine.unstarted();
      while (jobs.poll() != null) {
        unsent++;
      }
      return new BenchmarkResult(
          config,
          unsent == 0 && producer.issued() == config.requests() ? ifAllEnded(reason) : reason,
          Duration.ofNanos(elapsed),
          producer.issued(),
          unsent,
          engine.recalled(),
          judge.documentLength(),
          outcomes.summarize(),
          sampler.samples(),
          engine.connections(),
          engine.server(),
          cpu);
    }
  }

  private synchronized Recorder startRecording(long start) {
    if (recorder != null) {
      throw new IllegalStateException("a benchmark runs once");
    }
    recorder = new Recorder(start, config.concurrency(), config.timeout());
    return recorder;
  }

  private EngineConfig engineConfig() {
    return new EngineConfig(
        config.engine(),
        config.tls(),
        config.host(),
        config.port(),
        config.concurrency(),
        config.keepAlive(),
        config.timeout(),
        config.threads(),
        config.transport(),
        config.listener());
  }

  /** A cancellation or time limit that came when all requests had ended has cut nothing short. */
  private static EndReason ifAllEnded(EndReason reason) {
    return switch (reason) {
      case FINISHED, CANCELLED, TIME_LIMIT -> EndReason.FINISHED;
      case GAVE_UP, RECEIVE_ERROR -> reason;
    };
  }

  /** Waits until all work is done, or until the run is to stop before that, and has it stopped. */
  private EndReason awaitEnd(CompletableFuture<Void> done) {
    Duration limit = config.timeLimit() == null ? FOREVER : config.timeLimit();
    CompletableFuture<EndReason> end =
        done.thenApply(nothing -> EndReason.FINISHED)
            .applyToEither(stop.reason(), reason -> reason);
    try {
      EndReason first = end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      // A stop makes the work end as well: of the two, it is the reason.
      return stop.reason().getNow(first);
    } catch (TimeoutException e) {
      return stop.stop(EndReason.TIME_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stop.stop(EndReason.CANCELLED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker ended by " + e.getCause(), e.getCause());
    }
  }
}
