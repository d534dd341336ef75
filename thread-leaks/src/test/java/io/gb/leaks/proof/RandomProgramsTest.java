package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.jvm.TestDump;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compares the proof with the truth about programs drawn at random. */
class RandomProgramsTest {

  private static final int PROGRAMS = 600;

  private static final List<Object> STATICS = Collections.synchronizedList(new ArrayList<>());

  @Test
  @Timeout(120)
  void theProofAgreesWithTheTruthAboutRandomPrograms() throws Exception {
    long seed = Long.getLong("gb.seed", System.nanoTime());
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    Map<String, Verdict> truth = play(random);
    try (TestDump taken = TestDump.take()) {
      HeapDump dump = HeapDump.read(taken.file());
      Derivation proof =
          Prover.prove(
              dump, Rule.all(), new JvmAnswers(TestDump.NOTHING_HIDDEN, MonitorOwners.unknown()));
      Map<String, String> wrong = new TreeMap<>();
      Map<Verdict, Integer> found = new EnumMap<>(Verdict.class);
      for (ThreadFinding thread : proof.proof().threads()) {
        Verdict expected = truth.remove(thread.name());
        if (expected != null) {
          found.merge(expected, 1, Integer::sum);
          if (expected != thread.verdict()) {
            wrong.put(thread.name(), expected + " but " + thread);
          }
        }
      }
      assertThat(wrong).as("-Dgb.seed=%d", seed).isEmpty();
      assertThat(truth).as("threads that are not in the dump").isEmpty();
      assertThat(found.keySet())
          .contains(Verdict.LEAKED, Verdict.LEAKED_UNLESS_INTERRUPTED, Verdict.LIVE, Verdict.TIMED);
      assertThat(CertificateChecker.violations(taken.file(), Certificate.of(dump, proof)))
          .isEmpty();
    }
  }

  /** In a method of its own, so that no local variable holds anything when the dump is taken. */
  private static Map<String, Verdict> play(RandomGenerator random) {
    Map<String, Verdict> truth = new TreeMap<>();
    List<RandomProgram> programs = new ArrayList<>();
    for (int i = 0; i < PROGRAMS; i++) {
      RandomProgram program = new RandomProgram("random-" + i, random);
      program.start(STATICS);
      program.truth(truth);
      programs.add(program);
    }
    programs.forEach(RandomProgram::settle);
    return truth;
  }
}
