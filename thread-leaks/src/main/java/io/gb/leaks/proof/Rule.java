package io.gb.leaks.proof;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the proof knows about the JDK beyond plain reachability. A proof uses all rules; tests leave
 * one out to see that a verdict becomes wrong.
 */
enum Rule {
  /** No program can read the set of all virtual threads that were started directly. */
  CUT_VIRTUAL_THREAD_REGISTRY,
  /** No program can read the set of all thread containers. */
  CUT_CONTAINER_REGISTRY,
  /** Nothing enumerates the thread groups system, main and those of the JDK: assumption A1. */
  CUT_THREAD_GROUPS_OF_JVM,
  /** A phantom reference never returns its referent. */
  CUT_PHANTOM_REFERENT,
  /** A reference is cleared before it gets into its queue. */
  CUT_ENQUEUED_REFERENT,
  /** The stack of a blocked thread counts only if something live can wake the thread. */
  BLOCKED_STACKS_WAIT,
  /** The frames of a carrier belong to the virtual thread that it carries. */
  CARRIER_JOINS_ITS_THREAD,
  /** A weak or soft reference returns its referent as long as a blocked stack holds that. */
  WEAK_IS_STRONG,
  /** The collector puts references into their queues, which wakes the threads that wait there. */
  COLLECTOR_FILLS_QUEUES,
  /** A program that has a queue can get the references in it. */
  QUEUE_YIELDS_REFERENCES,
  /**
   * A class refers to objects by fields that no dump shows: values of ClassValue, annotations, data
   * of reflection, modules.
   */
  CLASSES_KEEP_WHAT_THEY_COMPUTED,
  /** A thread that ends wakes those that wait until its container is empty. */
  EXIT_WAKES_CONTAINER,
  /** A program that has a thread gets what it is blocked on, by LockSupport.getBlocker. */
  BLOCKER_HAS_A_GETTER,
  /** An object that was declared over counts if another live thread reaches it from its stack. */
  OTHERS_KEEP_A_SCOPE_OPEN,
  /** A program that has another thread group can enumerate and interrupt its threads. */
  GROUP_KNOWS_ITS_THREADS,
  /** A thread that waits with a time limit runs again in any case. */
  CLOCK_WAKES,
  /** A thread that was interrupted is about to run. */
  INTERRUPTED_RUNS,
  /** A virtual thread that holds a permit is about to run. */
  PERMIT_RUNS,
  /** Who has the object of a monitor can end a wait on it: the object is a key. */
  MONITOR_IS_A_KEY,
  /** A thread whose monitor the dump does not show may be woken at any time. */
  UNKNOWN_MONITOR_RUNS,
  /** A program that knows the text of an interned string gets the string from the JVM. */
  TEXT_NAMES_A_STRING,
  /** A platform thread that is alive and has no stack in the dump starts or ends: it runs. */
  ALIVE_WITHOUT_STACK_RUNS,
  /** A hidden class that the JDK has not made may have been given any object when defined. */
  CLASS_DATA_IS_HIDDEN,
  /** No dump shows the arguments of a call that has not begun yet. */
  PENDING_CALLS_HIDE_ARGUMENTS,
  /** If the dump lacks the stack of a thread, nothing is proven. */
  ALL_STACKS_OR_NOTHING;

  static Set<Rule> all() {
    return EnumSet.allOf(Rule.class);
  }
}
