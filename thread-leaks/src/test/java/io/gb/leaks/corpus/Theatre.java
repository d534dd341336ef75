package io.gb.leaks.corpus;

import io.gb.leaks.dump.HeapDumper;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plays many cases in this JVM and takes one heap dump of them all.
 *
 * @param dump the file; whoever plays deletes it
 * @param expected what must be found out about which thread
 */
public record Theatre(Path dump, Map<String, Set<Verdict>> expected) {

  /** Plays each case on platform and on virtual threads, with its fault and without. */
  public static Theatre play(List<Case> leaky, List<Case> healthy) throws Exception {
    List<Stage> stages = new ArrayList<>();
    for (boolean virtual : new boolean[] {false, true}) {
      for (Case c : leaky) {
        stages.add(play(c, virtual, true));
        stages.add(play(c, virtual, false));
      }
      for (Case c : healthy) {
        stages.add(play(c, virtual, false));
      }
    }
    Map<String, Set<Verdict>> expected = new LinkedHashMap<>();
    for (Stage stage : stages) {
      expected.putAll(stage.settle());
    }
    return new Theatre(takeDump(), expected);
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

  /** Dumps the live heap of this JVM to a new file. */
  public static Path takeDump() throws IOException {
    Path file = Files.createTempDirectory("corpus").resolve("corpus.hprof");
    HeapDumper.dumpLive(file);
    return file;
  }

  /** Deletes a dump. */
  public static void delete(Path dump) throws IOException {
    Files.deleteIfExists(dump);
    Path folder = dump.getParent();
    if (folder != null) {
      Files.delete(folder);
    }
  }
}
