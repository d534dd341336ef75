package io.gb.harness;

import io.gb.harness.http.Engine;
import io.gb.harness.http.EngineEnd;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.load.EndReason;
import io.gb.harness.load.LengthCheck;
import io.gb.harness.load.LoadConfig;
import io.gb.harness.load.Producer;
import io.gb.harness.load.StartGate;
import io.gb.harness.load.StopRules;
import io.gb.harness.stats.Progress;
import io.gb.harness.stats.Recorder;
import io.gb.harness.stats.Sampler;
import io.gb.harness.stats.Summary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

  /** Is completed to end the run early; only the first reason counts. */
  private final CompletableFuture<EndReason> stop = new CompletableFuture<>();

  private volatile @Nullable Recorder recorder;

  /**
   * Prepares a run.
   *
   * @param config the configuration of the run
   */
  public Benchmark(BenchmarkConfig config) {
    this.config = config;
  }

  /**
   * Runs a benchmark to its end.
   *
   * @param config the configuration of the run
   * @return the result
   * @throws IOException if the host is unknown; failing requests are part of the result instead
   */
  public static BenchmarkResult run(BenchmarkConfig config) throws IOException {
    return new Benchmark(config).run();
  }

  /**
   * Asks the run to end now; {@link #run()} then returns a result of what was measured so far.
   * Closes the connections in the calling thread, and does not wait for the run to end. Has no
   * effect if all requests have ended; a run that has not begun yet ends as soon as it begins.
   */
  public void cancel() {
    stop.complete(EndReason.CANCELLED);
  }

  /** {@return how far the run has come} */
  public Progress progress() {
    Recorder current = recorder;
    return current == null ? new Progress(0, 0, 0) : current.progress();
  }

  /**
   * Runs, and waits for the end. Interrupting the calling thread ends the run like {@link #cancel};
   * the interrupt status is kept.
   *
   * @return the result
   * @throws IOException if the host is unknown; failing requests are part of the result instead
   * @throws IllegalStateException if this benchmark has run before
   */
  public BenchmarkResult run() throws IOException {
    LoadConfig load = config.load();
    Job job = config.request().job(config.connection());
    LengthCheck lengths = new LengthCheck(config.request().variableLength());
    StopRules rules = new StopRules(load, stop);
    StartGate gate = new StartGate(load.giveUpAfter());
    // Closed in reverse: first the producer, then the queue, then the engine.
    try (Engine engine = Engines.open(config.request().origin(), config.connection());
        JobQueue<Job> jobs = new JobQueue<>(QUEUE_CAPACITY);
        Producer producer = new Producer(jobs, job, load.requests(), gate)) {
      var unused = stop.thenRun(engine::abort).thenRun(jobs::close);
      long cpuAtStart = CpuUse.processNanos();
      long start = System.nanoTime();
      Recorder outcomes = startRecording(start);
      Sampler sampler = new Sampler(config.samples(), Instant.now(), start);
      CompletableFuture<EngineEnd> done =
          engine.start(
              jobs,
              connection ->
                  lengths.before(
                      gate.before(rules.before(sampler.before(outcomes.sink(connection))))));
      producer.start();
      OutOfMemoryError full = null;
      EndReason reason;
      try {
        reason = awaitEnd(done);
      } catch (OutOfMemoryError e) {
        full = e;
        reason = EndReason.ERROR;
      }
      long elapsed = System.nanoTime() - start;
      // Before anything is summed up, the connections give back their memory: the heap may be full.
      close(engine);
      CpuUse cpu = CpuUse.since(cpuAtStart, config.connection().threads());
      long issued = producer.stop();
      EngineEnd end = done.join();
      long unsent = end.recalled() + end.unstarted();
      while (jobs.poll() != null) {
        unsent++;
      }
      Optional<Throwable> error = end.failure().or(producer::failure);
      if (error.isEmpty()) {
        error = Optional.ofNullable(full);
      }
      Summary summary = summarize(outcomes);
      if (error.isPresent()) {
        // A thread that ended in the middle of a request may have recorded it or not.
        unsent = issued - summary.completed() - summary.failed();
        reason = EndReason.ERROR;
      } else if (unsent == 0 && issued == load.requests()) {
        reason = ifAllEnded(reason);
      }
      return new BenchmarkResult(
          config,
          reason,
          error,
          Duration.ofNanos(elapsed),
          issued,
          unsent,
          end.recalled(),
          Duration.ofNanos(end.longestUnderWayNanos()),
          lengths.documentLength(),
          summary,
          sampler.samples(),
          end.connections(),
          end.sloppyResponses(),
          end.addresses(),
          end.server(),
          cpu);
    }
  }

  /** Once more if the heap was full: connections that were closed have given back their memory. */
  private static void close(Engine engine) {
    try {
      engine.close();
    } catch (OutOfMemoryError e) {
      engine.close();
    }
  }

  /** Once more if the heap was full: the sums of the first attempt are garbage by now. */
  private static Summary summarize(Recorder outcomes) {
    try {
      return outcomes.summarize();
    } catch (OutOfMemoryError e) {
      return outcomes.summarize();
    }
  }

  private synchronized Recorder startRecording(long start) {
    if (recorder != null) {
      throw new IllegalStateException("a benchmark runs once");
    }
    recorder =
        new Recorder(start, config.connection().concurrency(), config.connection().timeout());
    return recorder;
  }

  /** A cancellation or a time limit counts as an end only if it came before all requests ended. */
  private static EndReason ifAllEnded(EndReason reason) {
    return switch (reason) {
      case FINISHED, CANCELLED, TIME_LIMIT -> EndReason.FINISHED;
      case GAVE_UP, RECEIVE_ERROR, ERROR -> reason;
    };
  }

  /** Waits until all requests have ended, or stops the run at its time limit or an interrupt. */
  private EndReason awaitEnd(CompletableFuture<EngineEnd> done) {
    Duration timeLimit = config.load().timeLimit();
    Duration limit = timeLimit == null ? FOREVER : timeLimit;
    CompletableFuture<EndReason> end =
        done.thenApply(all -> EndReason.FINISHED).applyToEither(stop, reason -> reason);
    try {
      EndReason first = end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      // A stop ends the engine too; then the stop is the reason, not the end of the engine.
      return stop.getNow(first);
    } catch (TimeoutException e) {
      return stopNow(EndReason.TIME_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stopNow(EndReason.CANCELLED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker ended by " + e.getCause(), e.getCause());
    }
  }

  private EndReason stopNow(EndReason reason) {
    stop.complete(reason);
    return stop.join();
  }
}
