package io.gb.leaks.proof;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the proof knows of the JDK beyond plain reachability. All rules hold always; tests leave one
 * out to see that something notices.
 */
enum Rule {
  /** The set of all virtual threads that were started directly is no way to wake them. */
  CUT_VIRTUAL_THREAD_REGISTRY,
  /** The set of all thread containers serves tools only. */
  CUT_CONTAINER_REGISTRY,
  /** The groups system and main know all platform threads; enumerating them is assumption A1. */
  CUT_THREAD_GROUPS_OF_JVM,
  /** A phantom reference never returns its referent. */
  CUT_PHANTOM_REFERENT,
  /** A reference is cleared before it gets into its queue. */
  CUT_ENQUEUED_REFERENT,
  /** The stack of a blocked thread counts only once something live can wake it. */
  BLOCKED_STACKS_WAIT,
  /** The frames of a carrier belong to the virtual thread that it carries. */
  CARRIER_JOINS_ITS_THREAD,
  /** A weak or soft reference to what a blocked stack holds keeps returning it. */
  WEAK_IS_STRONG,
  /** The collector puts references into their queues, and that wakes who waits there. */
  COLLECTOR_FILLS_QUEUES,
  /** Who has a queue gets its references. */
  QUEUE_YIELDS_REFERENCES,
  /**
   * What hangs at a class where the dump does not show it: what ClassValues have computed,
   * annotations, what reflection keeps, modules.
   */
  CLASSES_KEEP_WHAT_THEY_COMPUTED,
  /** A thread that ends tells its container, and that wakes who waits for it to become empty. */
  EXIT_WAKES_CONTAINER,
  /** Who has a thread gets what it is blocked on, by LockSupport.getBlocker. */
  BLOCKER_HAS_A_GETTER,
  /** What was declared over is not, for another thread that gets at it from its stack. */
  OTHERS_KEEP_A_SCOPE_OPEN,
  /** Who has any other thread group can enumerate and interrupt its threads. */
  GROUP_KNOWS_ITS_THREADS,
  /** A thread with a limit of time runs again whatever happens. */
  CLOCK_WAKES,
  /** A thread that was interrupted is about to run. */
  INTERRUPTED_RUNS,
  /** A virtual thread that holds a permit is about to run. */
  PERMIT_RUNS,
  /** The owner of the monitor is not the only one who can end a wait: its object is a key. */
  MONITOR_IS_A_KEY,
  /** A wait whose monitor the dump does not show may end at any time. */
  UNKNOWN_MONITOR_RUNS,
  /**
   * The JVM gives an interned string to whoever knows its text; the dump does not show its table.
   */
  TEXT_NAMES_A_STRING,
  /**
   * A platform thread that is alive without a stack in the dump starts or ends: it counts as
   * running.
   */
  ALIVE_WITHOUT_STACK_RUNS,
  /**
   * Hidden classes may have been given anything when they were defined; the JDK's own are known.
   */
  CLASS_DATA_IS_HIDDEN,
  /** The arguments of a call that is still being linked are in no dump. */
  PENDING_CALLS_HIDE_ARGUMENTS,
  /** If stacks are missing from the dump, nothing is proven. */
  ALL_STACKS_OR_NOTHING;

  static Set<Rule> all() {
    return EnumSet.allOf(Rule.class);
  }
}
