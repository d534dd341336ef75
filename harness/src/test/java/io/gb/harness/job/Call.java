package io.gb.harness.job;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A call that runs, and perhaps waits, on a thread of its own. */
final class Call<T extends @Nullable Object> {

  private static final int PATIENCE_SECONDS = 30;

  private final FutureTask<T> task;
  private final Thread thread;

  private Call(ThreadKind kind, Callable<T> action) {
    task = new FutureTask<>(action);
    thread = kind.builder().name("call").start(task);
  }

  static <T extends @Nullable Object> Call<T> start(ThreadKind kind, Callable<T> action) {
    return new Call<>(kind, action);
  }

  /** Starts a call that is expected to wait, and returns once it does. */
  static <T extends @Nullable Object> Call<T> startAndAwaitWaiting(
      ThreadKind kind, Callable<T> action) throws TimeoutException {
    Call<T> call = new Call<>(kind, action);
    call.awaitWaiting();
    return call;
  }

  /** Returns once the thread is parked; until it is woken it will not move by itself. */
  void awaitWaiting() throws TimeoutException {
    awaitThat(this::isWaiting);
  }

  /** Interrupts a thread that is parked, and returns once it has noticed and is parked again. */
  void interruptAndAwaitWaiting() throws TimeoutException {
    thread.interrupt();
    awaitThat(() -> !thread.isInterrupted());
    awaitWaiting();
  }

  void awaitWaitingOrDone() throws TimeoutException {
    awaitThat(() -> isWaiting() || isDone());
  }

  boolean isWaiting() {
    return thread.getState() == Thread.State.WAITING;
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  private void awaitThat(BooleanSupplier condition) throws TimeoutException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new TimeoutException("in vain: " + thread + " is " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  /** Waits for the end of the call and returns what it returned. */
  T result() throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
