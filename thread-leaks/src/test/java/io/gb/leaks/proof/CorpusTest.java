package io.gb.leaks.proof;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Case;
import io.gb.leaks.corpus.Corpus;
import io.gb.leaks.corpus.Theatre;
import io.gb.leaks.dump.HeapDump;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the proof says of the corpus, and that each of its rules is needed for it. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {

  private final Map<Rule, Derivation> without = new EnumMap<>(Rule.class);
  private Theatre theatre;
  private HeapDump dump;

  @BeforeAll
  void play() throws Exception {
    theatre = Theatre.play(Corpus.leaky(), Corpus.healthy());
    dump = HeapDump.read(theatre.file());
  }

  @AfterAll
  void delete() throws Exception {
    theatre.close();
  }

  /** The proof without a rule, which several tests look at. */
  private Derivation without(Rule rule) throws Exception {
    Derivation proof = without.get(rule);
    if (proof == null) {
      proof = Prover.prove(dump, Hazard.allBut(rule), theatre.answers());
      without.put(rule, proof);
    }
    return proof;
  }

  private static Map<String, ThreadFinding> byName(Derivation derivation) {
    return derivation.proof().threads().stream()
        .filter(finding -> !finding.name().isEmpty())
        .collect(toMap(ThreadFinding::name, finding -> finding, (one, other) -> one));
  }

  private Map<String, ThreadFinding> prove(Path file, Set<Rule> rules) throws Exception {
    return prove(HeapDump.read(file), rules);
  }

  private Map<String, ThreadFinding> prove(HeapDump dump, Set<Rule> rules) throws Exception {
    return byName(Prover.prove(dump, rules, theatre.answers()));
  }

  private static <V> V get(Map<String, V> found, String thread) {
    return Objects.requireNonNull(found.get(thread), thread);
  }

  @Test
  void eachThreadGetsItsVerdict() throws Exception {
    assertThat(theatre.mistakes(prove(dump, Rule.all()))).isEmpty();
  }

  @Test
  void whatAProofGetsWrongIsSeen() throws Exception {
    assertThat(theatre.mistakes(byName(without(Rule.WEAK_IS_STRONG))))
        .containsKeys("weaklyHeldQueue/fixed/virtual/taker", "softlyHeldQueue/fixed/platform/taker")
        .doesNotContainKey("parkedOnly/leaky/platform/parked");
    assertThat(theatre.mistakes(Map.of()))
        .hasSize(theatre.expected().size() - theatre.fleeting().size());
  }

  /** A case that expects nothing would be found right whatever the proof says. */
  @Test
  void eachLeakyCaseHasALeakToFind() {
    Set<String> threads = theatre.expected().keySet();
    for (Case c : Corpus.leaky()) {
      assertThat(threads).anyMatch(name -> isLeakOf(c, name));
    }
  }

  private boolean isLeakOf(Case c, String thread) {
    return thread.startsWith(c.name() + "/leaky/platform/")
        && get(theatre.expected(), thread).stream().allMatch(Verdict::isLeak);
  }

  /**
   * Without an inert edge, a leak is missed; without the treatment of a hazard, one is invented.
   */
  @ParameterizedTest
  @CsvSource({
    "CUT_VIRTUAL_THREAD_REGISTRY, parkedOnly/leaky/virtual/parked, LIVE",
    "CUT_CONTAINER_REGISTRY,      droppedTaskExecutor/leaky/platform/task-1, LIVE",
    "CUT_ENQUEUED_REFERENT,       droppedTaskExecutor/leaky/platform/task-1, LIVE",
    "CUT_PHANTOM_REFERENT,        phantomlyWatchedQueue/leaky/platform/taker, LIVE",
    "BLOCKED_STACKS_WAIT,         parkedOnly/leaky/platform/parked, LIVE",
    "CARRIER_JOINS_ITS_THREAD,    pinned/leaky/virtual/pinned, LIVE",
    "WEAK_IS_STRONG,              weaklyHeldQueue/fixed/virtual/taker, LEAKED",
    "WEAK_IS_STRONG,              softlyHeldQueue/fixed/platform/taker, LEAKED",
    "COLLECTOR_FILLS_QUEUES,      referenceQueueConsumer/fixed/platform/waiter, LEAKED",
    "QUEUE_YIELDS_REFERENCES,     referenceWithPayload/fixed/platform/waiter, LEAKED",
    "CLASSES_KEEP_WHAT_THEY_COMPUTED, valueOfClass/fixed/virtual/taker, LEAKED",
    "CLASSES_KEEP_WHAT_THEY_COMPUTED, annotationOfClass/fixed/platform/waiter, LEAKED",
    "CLASSES_KEEP_WHAT_THEY_COMPUTED, genericTypeOfClass/fixed/platform/waiter, LEAKED",
    "BLOCKER_HAS_A_GETTER,        blockerOfHeldThread/fixed/platform/owner, LEAKED",
    "EXIT_WAKES_CONTAINER,        awaitsFlockOfSleeper/fixed/platform/owner, LEAKED",
    "CUT_THREAD_GROUPS_OF_JVM,    threadGroupDropped/leaky/platform/taker,"
        + " LEAKED_UNLESS_INTERRUPTED",
    "GROUP_KNOWS_ITS_THREADS,     threadGroupHeld/fixed/platform/taker, LEAKED",
    "GROUP_KNOWS_ITS_THREADS,     parentOfThreadGroupHeld/fixed/platform/taker, LEAKED",
    "GROUP_KNOWS_ITS_THREADS,     siblingInThreadGroup/fixed/platform/taker, LEAKED",
    "CLOCK_WAKES,                 timedWaits/fixed/platform/poll, LEAKED",
    "MONITOR_IS_A_KEY,            waiterOnStaticMonitor/fixed/platform/waiter, LEAKED",
    "TEXT_NAMES_A_STRING,         waiterOnInternedString/fixed/platform/waiter, LEAKED",
    "TEXT_NAMES_A_STRING,         waiterOnInternedString/fixed/virtual/waiter, LEAKED",
  })
  void withoutARuleAVerdictIsWrong(Rule rule, String thread, Verdict wrong) throws Exception {
    assertThat(theatre.expected().get(thread)).doesNotContain(wrong);
    ThreadFinding finding = get(byName(without(rule)), thread);
    assertThat(finding.verdict()).as("%s", finding.path()).isEqualTo(wrong);
  }

  /** Moments too short to be met are written into a copy of the dump. */
  @ParameterizedTest
  @CsvSource({
    "INTERRUPTED_RUNS, parkedOnly/leaky/platform/parked, interrupted",
    "INTERRUPTED_RUNS, parkedOnly/leaky/virtual/parked,  interrupted",
    "PERMIT_RUNS,      parkedOnly/leaky/virtual/parked,  parkPermit",
    "PERMIT_RUNS,      waiter/leaky/virtual/waiter,      notified",
    "PERMIT_RUNS,      waiter/leaky/virtual/waiter,      onWaitingList",
    "PERMIT_RUNS,      monitorOrder/leaky/virtual/forward, blockPermit",
    "PERMIT_RUNS,      monitorOrder/leaky/virtual/forward, onWaitingList",
  })
  void aThreadThatIsAboutToRunIsNoLeak(Rule rule, String thread, String field) throws Exception {
    try (Patch patch = new Patch(theatre.file()).setBoolean(thread, field)) {
      Set<Rule> others = Hazard.allBut(rule);

      assertThat(get(prove(patch.file(), Rule.all()), thread).verdict()).isEqualTo(Verdict.LIVE);
      assertThat(get(prove(patch.file(), others), thread).verdict()).isEqualTo(Verdict.LEAKED);
    }
  }

  /** Who joins it is about to be woken by it. */
  @Test
  @LeavesOut(Rule.ALIVE_WITHOUT_STACK_RUNS)
  void aThreadThatIsAliveWithoutAStackRuns() throws Exception {
    String joiner = "joinsLeaked/leaky/platform/joiner";
    try (Patch patch =
        new Patch(theatre.file()).forgetThread("joinsLeaked/leaky/platform/parked")) {
      Set<Rule> others = Hazard.allBut(Rule.ALIVE_WITHOUT_STACK_RUNS);
      HeapDump patched = HeapDump.read(patch.file());
      Certificate wrong = Certificate.of(patched, Prover.prove(patched, others, theatre.answers()));

      assertThat(get(prove(patched, Rule.all()), joiner).verdict()).isEqualTo(Verdict.LIVE);
      assertThat(get(prove(patched, others), joiner).verdict()).isEqualTo(Verdict.LEAKED);
      assertThat(CertificateChecker.violations(patch.file(), wrong))
          .anyMatch(line -> line.endsWith("a thread that is alive"));
    }
  }

  @Test
  @LeavesOut(Rule.ALL_STACKS_OR_NOTHING)
  void aVirtualThreadWithoutItsStackPreventsAnyProof() throws Exception {
    String unstarted = "unstartedThreadHoldsQueue/fixed/virtual/unstarted";
    try (Patch patch = new Patch(theatre.file()).setInt(unstarted, "state", 4)) {
      Set<Rule> others = Hazard.allBut(Rule.ALL_STACKS_OR_NOTHING);
      Map<String, ThreadFinding> found = prove(patch.file(), Rule.all());

      assertThat(found.values()).noneMatch(finding -> finding.verdict().isLeak());
      assertThat(get(found, "parkedOnly/leaky/platform/parked").reason()).contains("stacks of 1");
      assertThat(prove(patch.file(), others).values()).anyMatch(f -> f.verdict().isLeak());
    }
  }

  @Test
  @LeavesOut(Rule.UNKNOWN_MONITOR_RUNS)
  void aWaitWhoseMonitorIsNotInTheDumpIsUnknown() throws Exception {
    String waiter = "waiter/leaky/platform/waiter";
    try (Patch patch = new Patch(theatre.file()).forgetRoots(waiter)) {
      Set<Rule> others = Hazard.allBut(Rule.UNKNOWN_MONITOR_RUNS);

      assertThat(get(prove(patch.file(), Rule.all()), waiter).verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(get(prove(patch.file(), others), waiter).verdict()).isEqualTo(Verdict.LEAKED);
    }
  }

  /** Which rule a test leaves out that takes none as an argument. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface LeavesOut {

    Rule value();
  }

  @Test
  void eachRuleIsLeftOutByATest() {
    Set<Rule> leftOut = EnumSet.noneOf(Rule.class);
    for (Class<?> tests :
        List.of(
            CorpusTest.class, ClassDataTest.class, DeadScopeTest.class, PendingCallsTest.class)) {
      for (Method test : tests.getDeclaredMethods()) {
        CsvSource rows = test.getAnnotation(CsvSource.class);
        boolean areOfRules = rows != null && test.getParameterTypes()[0] == Rule.class;
        for (String row : areOfRules ? rows.value() : new String[0]) {
          leftOut.add(Rule.valueOf(row.substring(0, row.indexOf(','))));
        }
        LeavesOut one = test.getAnnotation(LeavesOut.class);
        if (one != null) {
          leftOut.add(one.value());
        }
      }
    }
    assertThat(leftOut).isEqualTo(Rule.all());
  }

  @Test
  void theCheckerAcceptsTheCertificate() throws Exception {
    Certificate certificate =
        Certificate.of(dump, Prover.prove(dump, Rule.all(), theatre.answers()));

    assertThat(certificate.keys()).hasSizeGreaterThan(5);
    assertThat(CertificateChecker.violations(theatre.file(), certificate)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      names = {
        "WEAK_IS_STRONG",
        "COLLECTOR_FILLS_QUEUES",
        "QUEUE_YIELDS_REFERENCES",
        "CLASSES_KEEP_WHAT_THEY_COMPUTED",
        "BLOCKER_HAS_A_GETTER",
        "EXIT_WAKES_CONTAINER",
        "GROUP_KNOWS_ITS_THREADS",
        "TEXT_NAMES_A_STRING"
      })
  void theCheckerRejectsAProofWithoutARule(Rule rule) throws Exception {
    Certificate certificate = Certificate.of(dump, without(rule));

    assertThat(CertificateChecker.violations(theatre.file(), certificate)).isNotEmpty();
  }

  @Test
  void theCheckerRejectsALiveThreadAmongTheLeaked() throws Exception {
    Certificate honest = Certificate.of(dump, Prover.prove(dump, Rule.all(), theatre.answers()));
    long main = dump.threads().get(0).id();
    Map<Long, List<Long>> keys = new HashMap<>(honest.keys());
    keys.put(main, List.of(main));
    Certificate forged = new Certificate(honest.isLive(), keys, honest.owners());

    assertThat(CertificateChecker.violations(theatre.file(), forged))
        .contains("key " + main + " of thread " + main + " is live");
  }
}
