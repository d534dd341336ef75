package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who holds what in graphs drawn at random, compared with a search from each holder alone. */
class HoldersTest {

  private static final int GRAPHS = 500;

  private static final class RandomGraph implements Holders.Graph {

    private final int size;
    private final int[] kinds;
    private final List<List<Integer>> edges = new ArrayList<>();
    private final List<List<Integer>> roots = new ArrayList<>();
    private int visits;

    RandomGraph(RandomGenerator random) {
      size = random.nextInt(1, 40);
      kinds = random.ints(random.nextInt(1, 8), Holders.OUTSIDE, 3).toArray();
      for (int i = 0; i < size; i++) {
        edges.add(random.ints(random.nextInt(4), 0, size).boxed().toList());
      }
      for (int i = 0; i < kinds.length; i++) {
        roots.add(random.ints(random.nextInt(3), 0, size).boxed().toList());
      }
    }

    @Override
    public void successors(int object, IntConsumer to) {
      visits++;
      edges.get(object).forEach(to::accept);
    }

    Holders holders() {
      Holders holders = new Holders(new int[size], kinds);
      for (int holder = 0; holder < kinds.length; holder++) {
        for (int root : roots.get(holder)) {
          holders.hold(holder, root);
        }
      }
      holders.spread(this);
      return holders;
    }

    /** All that a holder reaches. */
    Set<Integer> reach(int holder) {
      Set<Integer> reached = new TreeSet<>(roots.get(holder));
      Deque<Integer> next = new ArrayDeque<>(reached);
      while (!next.isEmpty()) {
        for (int to : edges.get(next.remove())) {
          if (reached.add(to)) {
            next.add(to);
          }
        }
      }
      return reached;
    }
  }

  @Test
  void theHoldersOfEachObjectAreThoseThatReachIt() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    Set<String> met = new TreeSet<>();
    for (int i = 0; i < GRAPHS; i++) {
      RandomGraph graph = new RandomGraph(random);
      Holders holders = graph.holders();
      List<Set<Integer>> reach = new ArrayList<>();
      for (int holder = 0; holder < graph.kinds.length; holder++) {
        reach.add(graph.reach(holder));
      }
      for (int object = 0; object < graph.size; object++) {
        String expected = expected(graph, reach, object);
        met.add(expected.replaceAll("[0-9]", ""));
        assertThat(found(holders, object))
            .as("seed %d, graph %d", seed, i)
            .isEqualTo(expected.equals("somebody else") ? "nobody" : expected);
      }
      assertThat(graph.visits).as("seed %d", seed).isLessThanOrEqualTo(4 * graph.size);
    }
    assertThat(met).containsExactly("alone ", "kind ", "nobody", "several", "somebody else");
  }

  private static String expected(RandomGraph graph, List<Set<Integer>> reach, int object) {
    Set<Integer> who = new TreeSet<>();
    for (int holder = 0; holder < reach.size(); holder++) {
      if (reach.get(holder).contains(object)) {
        who.add(holder);
      }
    }
    Set<Integer> kinds =
        who.stream().map(holder -> graph.kinds[holder]).collect(Collectors.toSet());
    if (who.isEmpty()) {
      return "nobody";
    }
    if (kinds.contains(Holders.OUTSIDE)) {
      return "somebody else";
    }
    if (who.size() == 1) {
      return "alone " + who.iterator().next();
    }
    return kinds.size() == 1 ? "kind " + kinds.iterator().next() : "several";
  }

  private static String found(Holders holders, int object) {
    if (!holders.isHeld(object)) {
      return "nobody";
    }
    if (holders.holder(object) >= 0) {
      return "alone " + holders.holder(object);
    }
    return holders.kind(object) >= 0 ? "kind " + holders.kind(object) : "several";
  }
}
