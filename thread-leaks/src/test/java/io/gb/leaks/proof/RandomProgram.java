package io.gb.leaks.proof;

import io.gb.leaks.corpus.Threads;
import java.lang.Thread.State;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import java.util.random.RandomGenerator;

/**
 * A program drawn at random: threads that wait for things, and references from threads and from a
 * static field to things and threads. What is true of each thread is worked out from the drawing,
 * not from the heap.
 */
final class RandomProgram {

  /** A thing to wait for, and whether it checks its state in a loop of its own. */
  private record Thing(Object object, Callable<?> block, boolean guarded) {}

  private final String name;
  private final RandomGenerator random;
  private final List<Thing> things = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** By thread: what it waits for, or -1 for a sleeper. */
  private final int[] waitsFor;

  /** By thread, and last for the static field: things from 0, threads from -1 downwards. */
  private final List<List<Integer>> holds = new ArrayList<>();

  RandomProgram(String name, RandomGenerator random) {
    this.name = name;
    this.random = random;
    int size = random.nextInt(2, 7);
    int thingCount = random.nextInt(1, 6);
    waitsFor = new int[size];
    for (int i = 0; i < size; i++) {
      waitsFor[i] = random.nextInt(12) == 0 ? -1 : random.nextInt(thingCount);
    }
    for (int holder = 0; holder <= size; holder++) {
      List<Integer> held = new ArrayList<>();
      int count = holder < size ? random.nextInt(3) : random.nextInt(5) / 3;
      for (int i = 0; i < count; i++) {
        // A thread is held by one that is started after it.
        held.add(
            holder > 0 && random.nextInt(4) == 0
                ? -1 - random.nextInt(holder)
                : random.nextInt(thingCount));
      }
      holds.add(held);
    }
    for (int i = 0; i < thingCount; i++) {
      things.add(thing(random.nextInt(8)));
    }
  }

  private static Thing thing(int kind) {
    return switch (kind) {
      case 0 -> {
        CountDownLatch latch = new CountDownLatch(1);
        yield new Thing(latch, Await.on(latch), true);
      }
      case 1 -> {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        yield new Thing(queue, queue::take, true);
      }
      case 2 -> {
        ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
        yield new Thing(queue, queue::take, true);
      }
      case 3 -> {
        Semaphore semaphore = new Semaphore(0);
        yield new Thing(semaphore, Await.on(semaphore), true);
      }
      case 4 -> {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        yield new Thing(queue, queue::take, true);
      }
      case 5 -> {
        StampedLock lock = new StampedLock();
        lock.asWriteLock().lock();
        yield new Thing(lock, lock::readLock, false);
      }
      default -> {
        CompletableFuture<String> future = new CompletableFuture<>();
        yield new Thing(future, future::get, true);
      }
    };
  }

  private static final class Await {

    private Await() {}

    static Callable<?> on(CountDownLatch latch) {
      return () -> {
        latch.await();
        return latch;
      };
    }

    static Callable<?> on(Semaphore semaphore) {
      return () -> {
        semaphore.acquire();
        return semaphore;
      };
    }
  }

  /** Starts it; the list stands for a static field. */
  void start(List<Object> statics) {
    for (int i = 0; i < waitsFor.length; i++) {
      Object[] held = references(holds.get(i));
      Callable<?> wait = waitsFor[i] < 0 ? RandomProgram::sleep : things.get(waitsFor[i]).block();
      Runnable body = () -> run(wait, held);
      Thread thread =
          random.nextInt(4) == 0
              ? Thread.ofPlatform().daemon().unstarted(body)
              : Thread.ofVirtual().unstarted(body);
      thread.setName(name + "-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Object reference : references(holds.get(waitsFor.length))) {
      statics.add(reference);
    }
  }

  private static Object sleep() {
    LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
    return "";
  }

  private static void run(Callable<?> wait, Object[] held) {
    try {
      wait.call();
      if (held.length > 100) {
        throw new AssertionError();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Some of them behind others, as in real programs. */
  private Object[] references(List<Integer> held) {
    Object[] references = new Object[held.size() + 1];
    for (int i = 0; i < held.size(); i++) {
      int what = held.get(i);
      Object target = what >= 0 ? things.get(what).object() : threads.get(-1 - what);
      references[i] =
          switch (random.nextInt(5)) {
            case 0 -> List.of(target);
            case 1 -> new WeakReference<>(target);
            case 2 -> new Object[] {Map.of("key", new SoftReference<>(target))};
            default -> target;
          };
    }
    Object any = things.get(random.nextInt(things.size())).object();
    // It never gives anything back, so it adds nothing to the truth.
    references[held.size()] = new PhantomReference<>(any, new ReferenceQueue<>());
    return references;
  }

  /** Waits until all threads block, and forgets them. */
  void settle() {
    threads.forEach(thread -> Threads.await(thread, State.WAITING, State.TIMED_WAITING));
    threads.clear();
    things.replaceAll(thing -> new Thing("", () -> "", thing.guarded()));
  }

  /** Adds the verdict of each thread by its name. */
  void truth(Map<String, Verdict> verdicts) {
    boolean[] withInterrupts = live(true);
    boolean[] without = live(false);
    for (int i = 0; i < waitsFor.length; i++) {
      Verdict verdict =
          waitsFor[i] < 0
              ? Verdict.TIMED
              : !withInterrupts[i]
                  ? Verdict.LEAKED
                  : without[i] ? Verdict.LIVE : Verdict.LEAKED_UNLESS_INTERRUPTED;
      verdicts.put(name + "-" + i, verdict);
    }
  }

  private boolean[] live(boolean interrupts) {
    int size = waitsFor.length;
    boolean[] live = new boolean[size];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < size; i++) {
        if (!live[i] && (waitsFor[i] < 0 || isHeld(i, live, interrupts))) {
          live[i] = true;
          changed = true;
        }
      }
    }
    return live;
  }

  private boolean isHeld(int thread, boolean[] live, boolean interrupts) {
    int thing = waitsFor[thread];
    for (int holder = 0; holder <= live.length; holder++) {
      if (holder == live.length || live[holder]) {
        List<Integer> held = holds.get(holder);
        boolean byThread =
            held.contains(-1 - thread) && (interrupts || !things.get(thing).guarded());
        // Who runs has used what it waited for, and still has it.
        boolean byOwnWait = holder < live.length && waitsFor[holder] == thing;
        if (held.contains(thing) || byThread || byOwnWait) {
          return true;
        }
      }
    }
    return false;
  }
}
