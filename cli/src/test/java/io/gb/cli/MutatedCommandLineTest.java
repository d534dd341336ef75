package io.gb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.junit.NoThreadLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Command lines with mistakes never end in a stack trace, and always say what is wrong. */
@Timeout(120)
@NoThreadLeaks
class MutatedCommandLineTest {

  private static final int LINES = 400;

  /** Options that write files are left out: a mutated name would be a file in this folder. */
  private static final List<String> GOOD =
      List.of(
          "-k|-c|2|-n|4|-q|-l|URL",
          "-t|0.05|-n|9|-r|-H|X-A: b|-C|a=b|URL",
          "-i|-s|1|-b|4096|-d|-S|-v|2|URL",
          "-A|u:p|-w|-x|border=1|-m|GET|--engine|core|URL",
          "-f|TLS1.2|-I|--verify|-n|1|URL",
          "leaks|--top|3|--json|x.hprof",
          "compare|--filter|a|a.json|b.json",
          "demo|-c|3|-n|0|--variant|close",
          "serve|-p|99999|--io-threads|2");

  private static final String LETTERS = "abkntz019-=: /\\\"'%$\u00e9{}";

  @Test
  void everyMistakeIsExplained() throws IOException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try (RawServer server = RawServer.friendly()) {
      for (int i = 0; i < LINES; i++) {
        List<String> line = mutated(random);
        line.replaceAll(word -> word.equals("URL") ? server.url() : word);
        Gb gb = Gb.run(line.toArray(String[]::new));
        assertThat(gb.err())
            .as("seed %d: %s", seed, line)
            .doesNotContain("internal error", "\tat ", "Exception");
        assertThat(gb.code()).as("seed %d: %s", seed, line).isIn(0, 1, 22);
        if (gb.code() != 0) {
          assertThat(gb.errLines()).as("seed %d: %s", seed, line).isNotEmpty();
        }
      }
    }
  }

  private static List<String> mutated(SplittableRandom random) {
    List<String> words =
        new ArrayList<>(List.of(GOOD.get(random.nextInt(GOOD.size())).split("\\|", -1)));
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      int at = random.nextInt(words.size());
      String word = words.get(at);
      int place = random.nextInt(word.length() + 1);
      char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
      switch (random.nextInt(6)) {
        case 0 -> words.set(at, word.substring(0, place) + letter + word.substring(place));
        case 1 -> words.set(at, word.substring(0, place));
        case 2 -> words.set(at, word.substring(place));
        case 3 -> words.add(random.nextInt(words.size() + 1), word);
        case 4 -> words.add(random.nextInt(words.size()), words.remove(at));
        default -> words.set(at, "'" + word + "'");
      }
    }
    return isHarmless(words) ? words : mutated(random);
  }

  /** Whether it neither runs for long nor serves nor dumps a heap. */
  private static boolean isHarmless(List<String> words) {
    String command = words.getFirst();
    boolean isLong = words.stream().anyMatch(word -> word.matches("[0-9]{3,}|[1-9][0-9.]+"));
    return switch (command) {
      case "serve" -> words.contains("99999");
      case "demo" -> words.contains("0");
      case "leaks" -> words.stream().noneMatch(word -> word.matches("[0-9]+")) || words.size() > 4;
      default -> !isLong || words.contains("4096");
    };
  }
}
