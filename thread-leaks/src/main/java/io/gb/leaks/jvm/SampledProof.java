package io.gb.leaks.jvm;

import io.gb.leaks.proof.Proof;
import io.gb.leaks.proof.ThreadFinding;
import java.util.List;

/**
 * What one or two samples of a JVM prove.
 *
 * @param proof what the last dump that could be taken proves by itself
 * @param threads its findings, where those that the other sample does not confirm are undecided
 * @param samples how many dumps were taken and agree: 1 or 2
 * @param unconfirmed why there is no second sample though there is a leak to confirm; empty if
 *     there is one or none is needed
 */
public record SampledProof(
    Proof proof, List<ThreadFinding> threads, int samples, String unconfirmed) {

  /** Copies the list. */
  public SampledProof {
    threads = List.copyOf(threads);
  }

  /**
   * {@return what one dump proves}
   *
   * @param proof its proof
   */
  public static SampledProof ofOne(Proof proof) {
    return new SampledProof(proof, proof.threads(), 1, "");
  }

  /** The same, which another sample should have confirmed. */
  SampledProof unconfirmed(String why) {
    return new SampledProof(proof, threads, samples, why);
  }
}
