package io.gb.leaks.corpus;

import java.util.List;
import java.util.stream.Stream;

/**
 * The kernels of real leaks in Go programs that Go's own test of its leak profile has (the GoKer
 * suite), retold in Java after what happens in them. Each has the name of the bug report it comes
 * from.
 *
 * <p>Go's locks are not re-entrant, so a semaphore of one permit stands for its mutex and one of
 * several permits, or a {@link java.util.concurrent.locks.StampedLock}, for its read-write lock;
 * where no thread locks twice, a {@link java.util.concurrent.locks.ReentrantLock} does. An
 * unbuffered channel is a {@link java.util.concurrent.SynchronousQueue}, a buffered one an {@link
 * java.util.concurrent.ArrayBlockingQueue}, a wait group or the close of a channel a {@link
 * java.util.concurrent.CountDownLatch}, the end of a context such a latch or an interrupt. What is
 * left to the scheduler there is forced by latches here.
 */
final class GoKer {

  private GoKer() {}

  /** All of them. */
  static List<Case> all() {
    return Stream.of(
            CockroachKernels.all(),
            EtcdKernels.all(),
            GrpcKernels.all(),
            KubernetesKernels.all(),
            MobyKernels.all(),
            OtherKernels.all())
        .flatMap(List::stream)
        .toList();
  }
}
