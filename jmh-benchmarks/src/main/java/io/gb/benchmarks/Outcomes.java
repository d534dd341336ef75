package io.gb.benchmarks;

import io.gb.harness.job.Outcome;
import io.gb.harness.job.OutcomeSink;
import io.gb.harness.load.LengthCheck;
import io.gb.harness.load.LoadConfig;
import io.gb.harness.load.StartGate;
import io.gb.harness.load.StopRules;
import io.gb.harness.stats.Recorder;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.CompilerControl;

/** Outcomes of a stubbed engine: responses of 10 KiB with status 200 on a kept connection. */
final class Outcomes {

  private static final int TIMES = 1024;
  private static final long[] TOTAL_NANOS = totalNanos();

  private Outcomes() {}

  /** Times from 50 µs to 5 ms, so that recording increments different counters. */
  private static long[] totalNanos() {
    SplittableRandom random = new SplittableRandom(1);
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      nanos[i] = (long) (50_000 * Math.pow(100, random.nextDouble()));
    }
    return nanos;
  }

  /**
   * Creates an outcome as an engine does per response; the index selects its times. Not inlined,
   * since the compiler could then remove the allocation, which it cannot do with an engine.
   */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  static Outcome.Completed completed(int index) {
    long total = TOTAL_NANOS[index & (TIMES - 1)];
    return new Outcome.Completed(200, true, 10_240, 10_400, 80, 0, 0, total / 2, total);
  }

  /** Returns, for each connection, the checks and the recorder of a run. */
  static IntFunction<OutcomeSink> sinks(int connections) {
    LengthCheck lengths = new LengthCheck(false);
    StartGate gate = new StartGate(0);
    StopRules rules = new StopRules(new LoadConfig(1, null, false, 0), new CompletableFuture<>());
    Recorder recorder = new Recorder(System.nanoTime(), connections, Duration.ofSeconds(30));
    return connection -> lengths.before(gate.before(rules.before(recorder.sink(connection))));
  }
}
