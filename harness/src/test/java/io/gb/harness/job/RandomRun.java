package io.gb.harness.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A run of producers, consumers, closers and interrupts against a queue, all drawn from one seed,
 * and the judgement of what came of it. The seed repeats the draw, not the schedule of the threads.
 */
final class RandomRun {

  /** A way for a queue to be wrong. */
  enum Fault {
    /** Someone still waits although the queue is closed. */
    WAITS_FOR_EVER,
    /** An accepted element was not handed out. */
    LOST,
    /** An element was handed out twice, or without having been accepted. */
    UNEXPECTED,
    /** A consumer got an element of some producer after a later one of the same producer. */
    OUT_OF_ORDER,
    /** A consumer was told that no more would come, and more came, or the queue was open. */
    ENDED_EARLY
  }

  /** The element that a producer put at some place in its row. */
  record Element(int producer, int number) {}

  private final long seed;
  private final ThreadKind kind;
  private final int capacity;
  private final int producers;
  private final int consumers;
  private final int elementsEach;
  private final int closeAfter;
  private final int interrupts;

  private final AtomicInteger accepted = new AtomicInteger();
  private final List<List<Element>> acceptedBy = new ArrayList<>();
  private final List<List<Element>> handedTo = new ArrayList<>();
  private volatile boolean closeCalled;
  private volatile boolean endedBeforeClose;
  private volatile boolean abandoned;

  RandomRun(long seed, ThreadKind kind) {
    this.seed = seed;
    this.kind = kind;
    RandomGenerator random = new SplittableRandom(seed);
    capacity = 1 << random.nextInt(7);
    producers = random.nextInt(1, 7);
    consumers = random.nextInt(1, 7);
    elementsEach = random.nextInt(200);
    closeAfter = random.nextInt(producers * elementsEach + 2);
    interrupts = random.nextBoolean() ? 0 : random.nextInt(40);
  }

  int capacity() {
    return capacity;
  }

  @Override
  public String toString() {
    return "seed %d, %s threads, capacity %d, %d x %d elements, %d consumers, %s, %d interrupts"
        .formatted(
            seed,
            kind,
            capacity,
            producers,
            elementsEach,
            consumers,
            "closed after " + closeAfter,
            interrupts);
  }

  /** Runs, for no longer than the limit, and returns the first fault found. */
  Optional<Fault> findFault(ClosableQueue<Element> queue, Duration limit)
      throws InterruptedException {
    List<Thread> consuming = new ArrayList<>();
    for (int i = 0; i < consumers; i++) {
      List<Element> handed = new ArrayList<>();
      handedTo.add(handed);
      consuming.add(start("consumer-" + i, random -> consume(queue, handed, random)));
    }
    List<Thread> producing = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      int producer = i;
      List<Element> mine = new ArrayList<>();
      acceptedBy.add(mine);
      producing.add(start("producer-" + i, random -> produce(queue, producer, mine, random)));
    }
    List<Thread> all = new ArrayList<>(consuming);
    all.addAll(producing);
    Thread interrupter = start("interrupter", random -> interrupt(all, random));
    Thread closer =
        start(
            "closer",
            random -> {
              joinAll(producing);
              close(queue);
            });
    all.add(interrupter);
    all.add(closer);
    try {
      if (!joinAll(all, limit)) {
        return Optional.of(Fault.WAITS_FOR_EVER);
      }
    } finally {
      abandoned = true;
      all.forEach(Thread::interrupt);
    }
    return judge(queue);
  }

  private Thread start(String name, Consumer<RandomGenerator> action) {
    RandomGenerator random = new SplittableRandom(seed ^ name.hashCode());
    return kind.builder().name(name).start(() -> action.accept(random));
  }

  private void produce(
      ClosableQueue<Element> queue, int producer, List<Element> mine, RandomGenerator random) {
    for (int number = 0; number < elementsEach; number++) {
      Element element = new Element(producer, number);
      if (!insert(queue, element, random)) {
        return;
      }
      mine.add(element);
      if (accepted.incrementAndGet() == closeAfter) {
        close(queue);
      }
    }
  }

  /** Returns false if the queue does not take the element because it is closed. */
  private boolean insert(ClosableQueue<Element> queue, Element element, RandomGenerator random) {
    boolean patient = random.nextInt(4) > 0;
    while (!abandoned) {
      if (!patient && queue.offer(element)) {
        return true;
      }
      try {
        return queue.put(element);
      } catch (InterruptedException e) {
        // Not accepted, so it has to be put again.
      }
    }
    return false;
  }

  private void consume(ClosableQueue<Element> queue, List<Element> handed, RandomGenerator random) {
    while (!abandoned) {
      try {
        Element element = random.nextInt(4) == 0 ? queue.poll() : null;
        if (element == null) {
          element = queue.take();
        }
        if (element == null) {
          endedBeforeClose |= !closeCalled;
          return;
        }
        handed.add(element);
      } catch (InterruptedException e) {
        // Nothing was consumed, so the next one is still there.
      }
    }
  }

  private void close(ClosableQueue<Element> queue) {
    closeCalled = true;
    queue.close();
  }

  @SuppressWarnings("ThreadPriorityCheck") // spreads the interrupts, nothing relies on it
  private void interrupt(List<Thread> threads, RandomGenerator random) {
    for (int i = 0; i < interrupts; i++) {
      threads.get(random.nextInt(producers + consumers)).interrupt();
      Thread.yield();
    }
  }

  private void joinAll(List<Thread> threads) {
    threads.forEach(Uninterruptibly::join);
  }

  private static boolean joinAll(List<Thread> threads, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  private Optional<Fault> judge(ClosableQueue<Element> queue) {
    if (endedBeforeClose || queue.poll() != null) {
      return Optional.of(Fault.ENDED_EARLY);
    }
    Set<Element> missing = new HashSet<>();
    acceptedBy.forEach(missing::addAll);
    for (List<Element> handed : handedTo) {
      Map<Integer, Integer> last = new HashMap<>();
      for (Element element : handed) {
        if (!missing.remove(element)) {
          return Optional.of(Fault.UNEXPECTED);
        }
        Integer before = last.put(element.producer(), element.number());
        if (before != null && before > element.number()) {
          return Optional.of(Fault.OUT_OF_ORDER);
        }
      }
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(Fault.LOST);
  }
}
