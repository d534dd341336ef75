package io.gb.leaks.corpus;

import io.gb.leaks.jvm.TestDump;
import io.gb.leaks.proof.MonitorOwners;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import io.gb.leaks.proof.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the corpus in a JVM of its own, which may be of an older version. */
public final class TravellingTheatre {

  private static final String END = "end of the play";
  private static final String OWNER = "owner ";

  private TravellingTheatre() {}

  /** Runs the corpus and prints what {@link #read} reads. */
  public static void main(String[] args) throws Exception {
    Theatre theatre = Theatre.play(Corpus.leaky(), Corpus.healthy());
    System.out.println(theatre.file());
    theatre
        .owners()
        .entrances()
        .forEach((thread, entrance) ->
            System.out.println(OWNER + thread + " " + entrance.monitor() + " " + entrance.owner()));
    theatre
        .expected()
        .forEach((thread, verdicts) -> {
          String names = verdicts.stream().map(Verdict::name).collect(Collectors.joining(","));
          String fleeting = theatre.fleeting().contains(thread) ? " fleeting" : "";
          System.out.println(thread + " " + names + fleeting);
        });
    System.out.println(END);
    System.exit(0);
  }

  /** Reads what the other JVM has printed; an error if it did not get to the end. */
  public static Theatre read(List<String> lines) {
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(END)) {
      throw new AssertionError("no end in: " + lines);
    }
    Map<String, Set<Verdict>> expected = new HashMap<>();
    Set<String> fleeting = new HashSet<>();
    Map<Long, Entrance> entrances = new HashMap<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      List<String> words = List.of(line.split(" "));
      if (line.startsWith(OWNER)) {
        long owner = Long.parseLong(words.get(3));
        entrances.put(Long.parseLong(words.get(1)), new Entrance(words.get(2), owner));
        continue;
      }
      expected.put(
          words.get(0),
          Arrays.stream(words.get(1).split(",")).map(Verdict::valueOf).collect(Collectors.toSet()));
      if (words.size() > 2) {
        fleeting.add(words.get(0));
      }
    }
    return new Theatre(
        new TestDump(Path.of(lines.get(0))), new MonitorOwners(entrances), expected, fleeting);
  }
}
