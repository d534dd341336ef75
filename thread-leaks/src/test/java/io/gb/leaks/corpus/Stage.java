package io.gb.leaks.corpus;

import io.gb.leaks.proof.Verdict;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one case: it starts threads under names that tell their case, and records which verdicts are
 * right for each. It drops its references to the threads before the dump is taken.
 */
public final class Stage {

  /** How long a thread may take to get to where it blocks. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final List<Object> HELD = new CopyOnWriteArrayList<>();

  private final String name;
  private final boolean virtual;
  private final boolean leaky;
  private final Map<String, Set<Verdict>> expected = new ConcurrentHashMap<>();
  private final Set<String> fleeting = ConcurrentHashMap.newKeySet();
  private final List<Thread> blocking = new CopyOnWriteArrayList<>();
  private final List<Thread> ending = new CopyOnWriteArrayList<>();

  Stage(String name, boolean virtual, boolean leaky) {
    this.name = name + (leaky ? "/leaky" : "/fixed") + (virtual ? "/virtual" : "/platform");
    this.virtual = virtual;
    this.leaky = leaky;
  }

  /** Whether the fault is in; if not, the same program without it. */
  public boolean leaky() {
    return leaky;
  }

  /** Whether its threads are virtual. */
  public boolean virtual() {
    return virtual;
  }

  /** Starts a thread that leaks if the fault is in, and ends if not. */
  public Thread start(String role, Threads.Body body) {
    return leaky ? start(role, body, Verdict.LEAKED) : ends(role, body);
  }

  /** Starts a thread that must end by itself. */
  public Thread ends(String role, Threads.Body body) {
    Thread thread = thread(role, body);
    ending.add(thread);
    thread.start();
    return thread;
  }

  /** Starts a thread that blocks, with the verdicts that are right for it. */
  public Thread start(String role, Threads.Body body, Verdict... verdicts) {
    return block(thread(role, body), role, verdicts);
  }

  private Thread block(Thread thread, String role, Verdict... verdicts) {
    expect(role, verdicts);
    blocking.add(thread);
    thread.start();
    return thread;
  }

  /**
   * Starts a platform thread of a group, which blocks, with the verdicts that are right for it.
   * Does nothing in a virtual case: virtual threads are all in one group.
   */
  public void startIn(ThreadGroup group, String role, Threads.Body body, Verdict... verdicts) {
    if (!virtual) {
      Thread thread = new Thread(group, () -> Threads.perform(body), name(role));
      thread.setDaemon(true);
      block(thread, role, verdicts);
    }
  }

  /** Says what must be found out about a thread that someone else starts; see {@link #name}. */
  public void expect(String role, Verdict... verdicts) {
    expected.put(name(role), Set.of(verdicts));
  }

  /** As {@link #expect}, of a thread that may have ended before anybody looks. */
  public void expectUnlessGone(String role, Verdict... verdicts) {
    expect(role, verdicts);
    fleeting.add(name(role));
  }

  /** Keeps an object in a static, as the rest of a program would. */
  public void hold(Object object) {
    HELD.add(object);
  }

  /**
   * Says that a thread of a pool that nobody has any more leaks. Virtual ones do not: only their
   * pool knows them, so the collector takes them with it.
   */
  public void expectOfDroppedPool(String role) {
    if (!virtual) {
      expect(role, Verdict.LEAKED);
    }
  }

  /** A thread of this case that was not started yet. */
  public Thread thread(String role, Threads.Body body) {
    return Threads.unstarted(name(role), virtual, body);
  }

  /** Makes threads of this case, named by role and number, for a pool. */
  public ThreadFactory factory(String role) {
    AtomicInteger count = new AtomicInteger();
    boolean kind = virtual;
    String prefix = name(role);
    return task -> Threads.unstarted(prefix + "-" + count.incrementAndGet(), kind, task::run);
  }

  /** Waits until a thread blocks. */
  public void awaitBlocked(Thread thread) {
    Threads.await(thread, State.WAITING, State.TIMED_WAITING, State.BLOCKED);
  }

  /** The full name of a thread. */
  public String name(String role) {
    return name + "/" + role;
  }

  /** What must be found out about each thread. */
  Map<String, Set<Verdict>> expected() {
    return expected;
  }

  /** Those of the expected threads that may be gone. */
  Set<String> fleeting() {
    return fleeting;
  }

  /** Waits until all threads are where they stay, and forgets them. */
  void settle() throws InterruptedException {
    // By index: a thread that has yet to end may start others.
    for (int i = 0; i < ending.size(); i++) {
      Thread thread = ending.get(i);
      thread.join(PATIENCE.toMillis());
      if (thread.isAlive()) {
        throw new AssertionError(thread + " does not end");
      }
    }
    blocking.forEach(this::awaitBlocked);
    blocking.clear();
    ending.clear();
  }
}
