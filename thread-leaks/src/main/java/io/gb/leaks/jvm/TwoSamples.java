package io.gb.leaks.jvm;

import io.gb.leaks.dump.DumpFormatException;
import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.Prover;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Proves leaks of a running JVM from two samples: what one shows counts only if the next one, taken
 * a moment later, shows it too. There is no second sample if the first one has nothing to confirm.
 * If threads that have run between two samples are all that keeps a leak from being proven, some
 * more samples are taken: the next one may find these threads at rest.
 */
public final class TwoSamples {

  /** Enough for a thread that was just woken to take its first step, on a busy machine too. */
  private static final long PAUSE_NANOS = 100_000_000;

  private static final int MOST_SAMPLES = 6;

  /** After this time there are no more than two samples: dumps of large heaps stop the JVM long. */
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /**
   * What is kept of a sample.
   *
   * @param basis what the next sample is compared with
   * @param done whether no other sample is to follow
   * @param proof what it proves; null only where another sample is to follow
   */
  private record Sampled(Confirmation basis, boolean done, @Nullable SampledProof proof) {}

  private final Jvm jvm;
  private final DumpFolder folder;
  private final LongPredicate counts;

  /** A proof of this JVM that is kept would be part of the next dump. */
  private final boolean keeps;

  /** Threads that have run on although a sample showed them as leaked: their proof was wrong. */
  private final Set<Long> moved = new HashSet<>();

  private final long start = System.nanoTime();

  private TwoSamples(Jvm jvm, DumpFolder folder, LongPredicate counts, boolean keeps) {
    this.jvm = jvm;
    this.folder = folder;
    this.counts = counts;
    this.keeps = keeps;
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
    // The collection before a dump would otherwise wake threads that wait for cleared references.
    System.gc();
    pause();
    try (DumpFolder folder = new DumpFolder()) {
      TwoSamples samples = new TwoSamples(new ThisJvm(), folder, counts, false);
      Sampled sampled = samples.first(new DumpListener() {});
      for (int number = 2; !sampled.done(); number++) {
        sampled = samples.next(sampled.basis(), number);
      }
      return Objects.requireNonNull(sampled.proof());
    }
  }

  /**
   * Proves leaks of another JVM on this machine. Should it end, or fail in another way, between the
   * samples, the proof of those before stands and says so.
   *
   * @param pid its process id
   * @param agent whether to load an agent into it, which raises the escape barrier there
   * @param listener is told about the first dump
   * @return a finding for each thread
   * @throws IOException if there is no such JVM, if it does not answer or cannot be dumped, or if
   *     this thread is interrupted meanwhile
   */
  public static SampledProof ofJvm(long pid, boolean agent, DumpListener listener)
      throws IOException {
    try (DumpFolder folder = new DumpFolder()) {
      AttachedJvm jvm = new AttachedJvm(pid, agent, folder);
      listener.dumping(jvm.heapBytes(), folder.path(), jvm.loadsAgent());
      jvm.collectGarbage();
      pause();
      TwoSamples samples = new TwoSamples(jvm, folder, thread -> true, true);
      Sampled sampled = samples.first(listener);
      SampledProof proof = Objects.requireNonNull(sampled.proof());
      try {
        for (int number = 2; !sampled.done(); number++) {
          sampled = samples.next(sampled.basis(), number);
          proof = Objects.requireNonNull(sampled.proof());
        }
        return proof;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        return proof.samples() > 1 ? proof : proof.unconfirmed(message(e));
      }
    } catch (DumpFormatException e) {
      throw new IOException(message(e), e);
    }
  }

  private static String message(IOException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
    return e instanceof DumpFormatException ? "the heap dump " + message : message;
  }

  /** Takes the first sample. What leaked threads retain is added up only if the proof is kept. */
  private Sampled first(DumpListener listener) throws IOException {
    HeapSample sample = take(1, false);
    listener.dumped(sample.dump());
    Proof proof = Prover.prove(sample.dump(), sample.answers(), keeps ? counts : thread -> false);
    Files.delete(sample.dump());
    boolean done = proof.threads().stream().noneMatch(this::isToConfirm);
    return new Sampled(
        new Confirmation(proof, sample), done, keeps || done ? SampledProof.ofOne(proof) : null);
  }

  private boolean isToConfirm(ThreadFinding thread) {
    return counts.test(thread.id())
        && (keeps ? thread.verdict().isForEver() : thread.verdict().isLeak());
  }

  private static void pause() {
    long end = System.nanoTime() + PAUSE_NANOS;
    while (end - System.nanoTime() > 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private Sampled next(Confirmation basis, int number) throws IOException {
    pause();
    HeapSample sample = take(number, basis.isOpen());
    Proof proof = Prover.prove(sample.dump(), sample.answers(), counts);
    moved.addAll(basis.moved(proof, sample));
    Map<Long, String> doubts = basis.doubts(proof, sample, moved, jvm.isDebugged());
    SampledProof confirmed = basis.confirm(proof, sample, doubts, counts);
    Files.delete(sample.dump());
    boolean last = number == MOST_SAMPLES || System.nanoTime() - start > PATIENCE_NANOS;
    boolean done = last || !(proof.maySettle() || basis.maySettle(doubts));
    return new Sampled(new Confirmation(proof, sample), done, keeps || done ? confirmed : null);
  }

  private HeapSample take(int number, boolean quiet) throws IOException {
    return HeapSample.take(jvm, folder.file("sample-" + number + ".hprof"), quiet);
  }
}
