package io.gb.leaks.jvm;

import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Proves leaks of a running JVM from two samples: what the first one shows counts only if the
 * second one, taken a moment later, shows it too. There is no second sample if the first one has
 * nothing to confirm.
 */
public final class TwoSamples {

  /** Enough for a thread that was just woken to take its first step, on a busy machine too. */
  private static final long PAUSE_NANOS = 100_000_000;

  /**
   * What is kept of the first sample.
   *
   * @param leaks the findings to confirm
   * @param proof what it proves by itself; null where a second sample must follow
   */
  private record First(
      List<ThreadFinding> leaks,
      Map<Long, Long> counts,
      Map<Long, Entrance> entrances,
      @Nullable SampledProof proof) {}

  private final Jvm jvm;
  private final DumpFolder folder;
  private final LongPredicate counts;

  private TwoSamples(Jvm jvm, DumpFolder folder, LongPredicate counts) {
    this.jvm = jvm;
    this.folder = folder;
    this.counts = counts;
  }

  /**
   * Proves leaks of this JVM.
   *
   * @param counts for which threads, by {@link ThreadFinding#id()}, a leak is to be confirmed and
   *     what they retain is to be added up
   * @return a finding for each thread
   * @throws IOException if a dump cannot be written or read
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  public static SampledProof ofThisJvm(LongPredicate counts) throws IOException {
    try (DumpFolder folder = new DumpFolder()) {
      TwoSamples samples = new TwoSamples(new ThisJvm(), folder, counts);
      First first = samples.first(false, new DumpListener() {});
      return first.proof() == null ? samples.second(first) : first.proof();
    }
  }

  /**
   * Proves leaks of another JVM on this machine. Should it end, or fail in another way, between the
   * samples, the proof of the first one stands and says so.
   *
   * @param pid its process id
   * @param listener is told about the first dump
   * @return a finding for each thread
   * @throws IOException if there is no such JVM, if it does not answer or cannot be dumped, or if
   *     this thread is interrupted meanwhile
   */
  public static SampledProof ofJvm(long pid, DumpListener listener) throws IOException {
    try (DumpFolder folder = new DumpFolder()) {
      AttachedJvm jvm = new AttachedJvm(pid, folder);
      listener.dumping(jvm.heapBytes(), folder.path());
      TwoSamples samples = new TwoSamples(jvm, folder, thread -> true);
      First first = samples.first(true, listener);
      SampledProof proof = Objects.requireNonNull(first.proof());
      if (first.leaks().stream().noneMatch(thread -> thread.verdict().isProven())) {
        return proof;
      }
      try {
        return samples.second(first);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        return proof.unconfirmed(message(e));
      }
    } catch (DumpFormatException e) {
      throw new IOException(message(e), e);
    }
  }

  private static String message(IOException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
    return e instanceof DumpFormatException ? "the heap dump " + message : message;
  }

  /**
   * Takes the first sample.
   *
   * @param keeps whether to add up what leaked threads retain, and to keep the proof. A proof of
   *     this JVM that is kept would be part of the second dump, which gives the same sizes
   */
  private First first(boolean keeps, DumpListener listener) throws IOException {
    HeapSample sample = HeapSample.take(jvm, folder.file("first.hprof"));
    listener.dumped(sample.dump());
    Proof proof = Prover.prove(sample.dump(), sample.answers(), keeps ? counts : thread -> false);
    Files.delete(sample.dump());
    List<ThreadFinding> leaks =
        proof.threads().stream().filter(thread -> thread.verdict().isLeak()).toList();
    boolean isDone = leaks.stream().noneMatch(thread -> counts.test(thread.id()));
    return new First(
        leaks,
        sample.counts(),
        sample.answers().owners().entrances(),
        keeps || isDone ? SampledProof.ofOne(proof) : null);
  }

  private SampledProof second(First first) throws IOException {
    long end = System.nanoTime() + PAUSE_NANOS;
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    HeapSample sample = HeapSample.take(jvm, folder.file("second.hprof"));
    Map<Long, Long> countsNow = jvm.waitCounts();
    Map<Long, Entrance> entrancesNow = sample.answers().owners().entrances();
    Confirmation confirmation = new Confirmation(first.leaks());
    for (ThreadFinding thread : first.leaks()) {
      long id = thread.id();
      String doubt = jvm.doubt(thread, first.counts().get(id), countsNow.get(id));
      if (doubt != null) {
        confirmation.doubt(id, doubt);
      } else if (!Objects.equals(first.entrances().get(id), entrancesNow.get(id))) {
        confirmation.doubt(id, "the monitor or its owner has changed between two samples");
      }
    }
    return confirmation.prove(sample, counts);
  }
}
