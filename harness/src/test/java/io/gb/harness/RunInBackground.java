package io.gb.harness;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run on a thread of its own. */
final class RunInBackground {

  private final Thread thread;
  private final CompletableFuture<BenchmarkResult> end;

  private RunInBackground(Thread thread, CompletableFuture<BenchmarkResult> end) {
    this.thread = thread;
    this.end = end;
  }

  static RunInBackground start(Benchmark benchmark) {
    CompletableFuture<BenchmarkResult> end = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .name("run-in-background")
            .daemon()
            .start(() -> {
              try {
                end.complete(benchmark.run());
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            });
    return new RunInBackground(thread, end);
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the end, longer than any run here may take. */
  BenchmarkResult result() throws InterruptedException {
    try {
      return end.get(50, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the run failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the run does not end", e);
    }
  }
}
