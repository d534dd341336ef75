package io.gb.leaks.jmh;

import io.gb.leaks.Census;
import io.gb.leaks.LeakReport;
import io.gb.leaks.SeenThread;
import io.gb.leaks.ThreadFilter;
import io.gb.leaks.ThreadLeaks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Counts the threads that a benchmark leaves behind: {@code -prof
 * io.gb.leaks.jmh.ThreadLeakProfiler}. It works between iterations, never in the timed part. Before
 * the first iteration it begins a census, after each iteration it counts the threads that have come
 * since, and after the last one it proves which of these can never run again.
 *
 * <p>Secondary results: {@code leaks.threads.new}, and after the last iteration {@code
 * leaks.threads.proven}, {@code leaks.retained.bytes} and {@code heap.live.bytes}. At that time the
 * state of the benchmark has not been torn down: threads that the tear-down would end count as new.
 * Where compiled code may hide references from the proof, none is proven: {@code -jvmArgsAppend
 * -XX:-EliminateAllocations} prevents most of that, but also changes what is measured. On JDK 22
 * and later the proof shows most of them by itself.
 *
 * <p>Name it before {@code -prof gc}, which otherwise counts what the proof allocates.
 */
public final class ThreadLeakProfiler implements InternalProfiler {

  private static final Duration LINGER = Duration.ofMillis(100);

  /** The threads of JMH, which come and go with the iterations. */
  private static final String JMH_WORKERS = ".*-jmh-worker-.*";

  private @Nullable Census census;
  private int iterations;

  /** Called by JMH, once for each fork. */
  public ThreadLeakProfiler() {}

  @Override
  public String getDescription() {
    return "Threads that the benchmark leaves behind, and those of them that can never run again";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (census == null) {
      census = Census.fromNow(ThreadFilter.system().andName(JMH_WORKERS));
    }
  }

  @Override
  public List<Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    if (census == null) {
      return List.of();
    }
    iterations++;
    List<SeenThread> left = census.survivors(LINGER);
    List<Result<?>> results = new ArrayList<>();
    results.add(count("leaks.threads.new", left.size(), "threads"));
    if (iterations == benchmark.getWarmup().getCount() + benchmark.getMeasurement().getCount()) {
      results.addAll(proof(left));
    }
    return results;
  }

  private static Result<?> count(String name, long value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.MAX);
  }

  private static List<Result<?>> proof(List<SeenThread> left) {
    Set<Long> ids = new HashSet<>();
    left.forEach(thread -> ids.add(thread.id()));
    try {
      LeakReport report = ThreadLeaks.proveOnly(ids);
      return List.of(
          count("leaks.threads.proven", report.proven().size(), "threads"),
          count("leaks.retained.bytes", report.leakedBytes(), "bytes"),
          count("heap.live.bytes", report.liveHeapBytes(), "bytes"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take a heap dump", e);
    }
  }
}
