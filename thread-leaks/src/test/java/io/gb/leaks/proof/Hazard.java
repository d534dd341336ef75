package io.gb.leaks.proof;

import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.jvm.TestDump;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is found out about a thread of this JVM, with all rules and without one of them.
 *
 * @param honest with all rules
 * @param careless without the one
 */
record Hazard(ThreadFinding honest, ThreadFinding careless) {

  /** Dumps the heap, and looks for the thread with a name. */
  static Hazard of(Rule rule, String thread) throws Exception {
    try (TestDump taken = TestDump.take()) {
      HeapDump dump = HeapDump.read(taken.file());
      return new Hazard(find(dump, Rule.all(), thread), find(dump, allBut(rule), thread));
    }
  }

  /** All rules but one. */
  static Set<Rule> allBut(Rule rule) {
    return EnumSet.complementOf(EnumSet.of(rule));
  }

  private static ThreadFinding find(HeapDump dump, Set<Rule> rules, String name) throws Exception {
    return Prover.prove(
            dump, rules, new JvmAnswers(TestDump.NOTHING_HIDDEN, MonitorOwners.unknown()))
        .proof()
        .threads()
        .stream()
        .filter(thread -> thread.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}
