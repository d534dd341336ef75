package io.gb.leaks.corpus;

import io.gb.leaks.jvm.TestDump;
import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.MonitorOwners;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs many cases in this JVM and takes one heap dump of all of them.
 *
 * @param dump the file
 * @param owners who owned monitors when it was taken
 * @param expected what must be found out about which thread
 * @param fleeting those of them that may have ended before the dump was taken
 */
public record Theatre(
    TestDump dump, MonitorOwners owners, Map<String, Set<Verdict>> expected, Set<String> fleeting)
    implements AutoCloseable {

  /** The first version whose dumps show the stacks of virtual threads. */
  private static final int VIRTUAL_THREADS = 22;

  /** Runs each case on platform and on virtual threads, with its fault and without it. */
  public static Theatre play(List<Case> leaky, List<Case> healthy) throws Exception {
    List<Stage> stages = new ArrayList<>();
    play(stages, leaky, healthy, false);
    if (Runtime.version().feature() >= VIRTUAL_THREADS) {
      play(stages, leaky, healthy, true);
    }
    Map<String, Set<Verdict>> expected = new HashMap<>();
    Set<String> fleeting = new HashSet<>();
    for (Stage stage : stages) {
      stage.settle();
      expected.putAll(stage.expected());
      fleeting.addAll(stage.fleeting());
    }
    MonitorOwners before = TestDump.monitorOwners();
    TestDump dump = TestDump.take();
    return new Theatre(dump, before.and(TestDump.monitorOwners()), expected, fleeting);
  }

  private static void play(
      List<Stage> stages, List<Case> leaky, List<Case> healthy, boolean virtual) {
    for (Case c : leaky) {
      stages.add(play(c, virtual, true));
      stages.add(play(c, virtual, false));
    }
    for (Case c : healthy) {
      stages.add(play(c, virtual, false));
    }
  }

  private static Stage play(Case c, boolean virtual, boolean fault) {
    Stage stage = new Stage(c.name(), virtual, fault);
    try {
      c.play().on(stage);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(stage.name("?") + ": " + e.getMessage(), e);
    }
    return stage;
  }

  /** The dump. */
  public Path file() {
    return dump.file();
  }

  /** What this JVM said when the dump was taken, but for what is compiled: see A7. */
  public JvmAnswers answers() {
    return new JvmAnswers(TestDump.NOTHING_HIDDEN, owners);
  }

  /** What a proof got wrong: a thread missed or misjudged, or a leak where there is none. */
  public Map<String, String> mistakes(Map<String, ThreadFinding> found) {
    Map<String, String> mistakes = new TreeMap<>();
    expected.forEach((name, verdicts) -> {
      ThreadFinding finding = found.get(name);
      boolean right =
          finding == null ? fleeting.contains(name) : verdicts.contains(finding.verdict());
      if (!right) {
        mistakes.put(name, verdicts + " but " + finding);
      }
    });
    found.forEach((name, finding) -> {
      if (finding.verdict().isLeak()
          && !finding.reason().startsWith("carries ")
          && !expected.containsKey(name)) {
        mistakes.put(name, "not expected but " + finding);
      }
    });
    return mistakes;
  }

  /** Deletes the dump. */
  @Override
  public void close() throws IOException {
    dump.close();
  }
}
