package io.gb.leaks;

import io.gb.leaks.jvm.DumpListener;
import io.gb.leaks.jvm.SampledProof;
import io.gb.leaks.jvm.TwoSamples;
import io.gb.leaks.proof.DeadScope;
import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.Prover;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The entry points. {@link #prove()} and its variants say which threads of a JVM can never run
 * again; {@link #census()} finds out which threads have been started since and are still alive.
 * Thread-safe; proofs of this JVM run one after the other.
 */
public final class ThreadLeaks {

  private ThreadLeaks() {}

  /**
   * {@return a census that begins now; it ignores threads that are alive now and those of the JDK}
   */
  public static Census census() {
    return Census.fromNow(ThreadFilter.system());
  }

  /**
   * Proves which threads of this JVM can never run again. Collects garbage and takes a heap dump,
   * and a second one if there is a leak to confirm; both are deleted at once. Takes seconds.
   *
   * @return a finding for each thread
   * @throws IOException if a dump cannot be written or read
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  public static LeakReport prove() throws IOException {
    return prove(List.of());
  }

  /**
   * As {@link #prove()}, for the time after some scope has ended.
   *
   * @param over objects whose fields nobody reads again, such as the instance of a test that has
   *     run; the proof rests on that
   * @return a finding for each thread
   * @throws IOException if a dump cannot be written or read
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  public static synchronized LeakReport prove(List<?> over) throws IOException {
    DeadScope.declare(over);
    try {
      return proveThis(thread -> true);
    } finally {
      DeadScope.declare(List.of());
    }
  }

  /**
   * As {@link #prove()}, for some threads.
   *
   * @param threads which ones, by {@link Thread#getId()}
   * @return a finding for each of these threads that is there. They retain what no other thread
   *     holds, whether that one is leaked or not
   * @throws IOException if a dump cannot be written or read
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  public static synchronized LeakReport proveOnly(Set<Long> threads) throws IOException {
    Set<Long> wanted = Set.copyOf(threads);
    return proveThis(wanted::contains).only(wanted);
  }

  private static LeakReport proveThis(LongPredicate counts) throws IOException {
    return LeakReport.of(TwoSamples.ofThisJvm(counts));
  }

  /**
   * Proves which threads of another JVM on this machine can never run again. As {@link #prove(long,
   * boolean, DumpListener)}, without an agent and without a listener.
   *
   * @param pid the process id of that JVM
   * @return a finding for each thread
   * @throws IOException if there is no such JVM, if it does not answer or cannot be dumped, or if
   *     this thread is interrupted meanwhile
   */
  public static LeakReport prove(long pid) throws IOException {
    return prove(pid, false, new DumpListener() {});
  }

  /**
   * Proves which threads of another JVM on this machine can never run again. That JVM collects
   * garbage and dumps its heap, and does so a second time if a leak is proven; it stops meanwhile.
   * It is asked through the {@code jcmd} of the JDK that runs this code. Dumps and processes end
   * with this call, also if a signal ends this JVM.
   *
   * <p>If no second dump can be taken, for example because that JVM has ended, the report of the
   * first one is returned: it has one {@linkplain LeakReport#samples sample}, and {@link
   * LeakReport#unconfirmed} says why.
   *
   * <p>Compiled code of that JVM may hide references from a dump; what rests on that is at best
   * {@link io.gb.leaks.proof.Verdict#PROBABLY_LEAKED}. If it is of JDK 22 or later, an agent makes
   * the code show them before each dump. The agent ends with the dump. Until that JVM ends, it
   * keeps two small classes of the agent, and for each dump an instance of {@code Instrumentation}
   * and the open descriptor of a deleted jar. It may print a warning that an agent was loaded.
   *
   * @param pid the process id of that JVM, whose owner must be the user who asks
   * @param agent whether to load the agent
   * @param listener is told about the first dump, and may copy it
   * @return a finding for each thread
   * @throws IOException if there is no such JVM, if it does not answer or cannot be dumped, or if
   *     this thread is interrupted meanwhile
   */
  public static LeakReport prove(long pid, boolean agent, DumpListener listener)
      throws IOException {
    return LeakReport.of(TwoSamples.ofJvm(pid, agent, listener));
  }

  /**
   * Proves from a heap dump of any JVM. There is no second sample, and nobody can be asked what the
   * dump does not show.
   *
   * @param dump the file
   * @return a finding for each thread
   * @throws io.gb.leaks.dump.DumpFormatException if the file is no whole dump of HotSpot
   * @throws IOException if it cannot be read
   */
  public static LeakReport prove(Path dump) throws IOException {
    return LeakReport.of(SampledProof.ofOne(Prover.prove(dump, JvmAnswers.none(), thread -> true)));
  }
}
