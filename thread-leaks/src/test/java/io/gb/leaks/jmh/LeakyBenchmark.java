package io.gb.leaks.jmh;

import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Leaves a virtual thread behind in each iteration, if it is told to. */
@State(Scope.Benchmark)
public class LeakyBenchmark {

  /** Whether it does. */
  @Param({"true", "false"})
  public boolean leaky;

  /** Starts the thread. */
  @Setup(Level.Iteration)
  public void start() throws InterruptedException {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Thread thread =
        Thread.ofVirtual()
            .name("lost")
            .start(() -> {
              try {
                queue.take();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    if (!leaky) {
      queue.add("end");
      thread.join();
    }
  }

  /** Does next to nothing. */
  @Benchmark
  public long now() {
    return System.nanoTime();
  }
}
