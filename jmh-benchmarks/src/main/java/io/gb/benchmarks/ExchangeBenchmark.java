package io.gb.benchmarks;

import io.gb.harness.Engines;
import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.Engine;
import io.gb.harness.http.EngineEnd;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.Origin;
import io.gb.harness.http.Transport;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.harness.job.JobQueue;
import io.gb.harness.job.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does one GET of {@code 10k.dat} cost each engine, in time and in bytes?
 *
 * <p>One operation is one exchange on a connection that stays open, with the embedded server in a
 * JVM of its own. An invocation passes a batch of jobs to the engine and ends with the last
 * outcome.
 *
 * <p>How to read it: less is better. The time is that of the round trip, server included, since one
 * connection has one request under way; {@code bench/peers.sh} measures many connections. With
 * {@code -prof gc}, {@code gc.alloc.rate.norm} is what the client allocates for each exchange.
 *
 * <pre>{@code
 * java -jar jmh-benchmarks/target/benchmarks.jar ExchangeBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ExchangeBenchmark {

  private static final int BATCH = 100;
  private static final int CAPACITY = 1024;
  private static final int PATIENCE_SECONDS = 60;

  /** The engine. */
  @Param public EngineKind engine = EngineKind.CORE;

  private final JobQueue<Job> jobs = new JobQueue<>(CAPACITY);
  private final Semaphore ended = new Semaphore(0);
  private ServerProcess server;
  private Engine running;
  private CompletableFuture<EngineEnd> done;
  private Job job;
  private int count;
  private volatile int failures;

  /** Starts the server and the engine. */
  @Setup
  public void open() throws IOException {
    server = ServerProcess.start();
    URI uri = server.uri();
    job =
        new Job(
            "GET",
            "/10k.dat",
            List.of(
                new Header("Connection", "Keep-Alive"),
                new Header("Host", uri.getHost() + ":" + uri.getPort())),
            new byte[0]);
    running =
        Engines.open(
            Origin.of(uri),
            new ConnectionConfig(
                engine, 0, 1, true, Duration.ofSeconds(30), false, false, Transport.DEFAULT, null));
    done = running.start(jobs, connection -> this::record);
  }

  /** Called by the one connection alone. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void record(Outcome outcome) {
    if (!(outcome instanceof Outcome.Completed completed) || completed.status() != 200) {
      failures++;
    }
    if (++count % BATCH == 0) {
      ended.release();
    }
  }

  /** Ends the engine and the server. */
  @TearDown
  public void close() {
    jobs.close();
    done.join();
    running.close();
    server.close();
  }

  /** Passes a batch of jobs, and waits for the last outcome. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void get() throws InterruptedException {
    for (int i = 0; i < BATCH; i++) {
      jobs.put(job);
    }
    if (!ended.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no outcome within " + PATIENCE_SECONDS + " s");
    }
    if (failures > 0) {
      throw new IllegalStateException(failures + " exchanges failed");
    }
  }
}
