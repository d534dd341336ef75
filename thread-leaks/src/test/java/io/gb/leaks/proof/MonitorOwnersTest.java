package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.proof.MonitorOwners.Entrance;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reads who owns monitors from thread dumps as the JDK writes them, and guesses nothing. */
class MonitorOwnersTest {

  private static final String M = "java.lang.Object@1b2c";
  private static final String N = "a.Lock@2";

  /** A thread as JDK 25 shows it. */
  private static String thread(long id, String state, String more, String... locks) {
    String owned =
        List.of(locks).stream().map(lock -> "\"" + lock + "\"").collect(Collectors.joining(",\n"));
    return """
    {
      "tid": "%d",
      "time": "2026-01-31T12:00:00Z",
      "virtual": true,
      "name": "\\"blockedOn\\": \\"x\\"",
      "state": "%s",
      %s
      "stack": [
        "java.base\\/java.lang.Thread.run(Thread.java:1474)"
      ],
      "monitorsOwned": [
        {
          "depth": 0,
          "locks": [
            %s
          ]
        }
      ]
    }
    """
        .formatted(id, state, more, owned);
  }

  private static String at(String monitor) {
    return "\"blockedOn\": \"" + monitor + "\",";
  }

  private static String waitingOn(String monitor) {
    return "\"waitingOn\": \"" + monitor + "\",";
  }

  private static Map<Long, Entrance> parse(String... threads) {
    return MonitorOwners.parse(String.join(",", threads).lines()).entrances();
  }

  @Test
  void theOwnerOfAMonitorIsWhoHasLockedIt() {
    assertThat(parse(thread(1, "BLOCKED", at(M), N), thread(2, "WAITING", "", M)))
        .containsExactly(Map.entry(1L, new Entrance(M, 2)));
  }

  @Test
  void whoWaitsInAMonitorIsNoOwnerThoughTheJdkSaysSo() {
    assertThat(
            parse(
                thread(1, "BLOCKED", at(M)),
                thread(2, "WAITING", waitingOn(M), M),
                thread(3, "TIMED_WAITING", "", M)))
        .containsExactly(Map.entry(1L, new Entrance(M, 3)));
    assertThat(parse(thread(1, "BLOCKED", at(M)), thread(2, "WAITING", waitingOn(M), M))).isEmpty();
  }

  @Test
  void whoWasNotifiedStandsAtTheOnlyMonitorThatItLists() {
    assertThat(parse(thread(1, "BLOCKED", "", M), thread(2, "WAITING", "", M)))
        .containsExactly(Map.entry(1L, new Entrance(M, 2)));
    assertThat(
            parse(
                thread(1, "BLOCKED", "", M, N),
                thread(2, "WAITING", "", M),
                thread(3, "BLOCKED", at(N))))
        .as("which of the two it stands at, and which it owns, is not known")
        .isEmpty();
  }

  @Test
  void twoOwnersAreNone() {
    assertThat(
            parse(
                thread(1, "BLOCKED", at(M)),
                thread(2, "WAITING", "", M),
                thread(3, "WAITING", "", M)))
        .isEmpty();
  }

  @Test
  void onlyWhatBothSayCounts() {
    MonitorOwners one = new MonitorOwners(Map.of(1L, new Entrance(M, 2), 3L, new Entrance(M, 2)));
    MonitorOwners other = new MonitorOwners(Map.of(1L, new Entrance(M, 2), 3L, new Entrance(M, 4)));

    assertThat(one.and(other).entrances()).containsOnlyKeys(1L);
  }

  @Test
  void otherLayoutsSayNothing() {
    String oneLine = thread(1, "BLOCKED", at(M)) + thread(2, "WAITING", "", M);

    assertThat(parse(oneLine.replace("\n", ""))).isEmpty();
    assertThat(parse("")).isEmpty();
    assertThat(parse("\"tid\": \"x\"\n\"blockedOn\": \"" + M)).isEmpty();
  }
}
