package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.Engines;
import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.job.Outcome;
import io.gb.leaks.junit.NoThreadLeaks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only the event loop does. */
@NoThreadLeaks
@Timeout(60)
class EventLoopTest {

  private static final int CONNECTIONS = 3;

  /** Answers the first request at last, all others when they are released. */
  private static final class Play {

    private final CountDownLatch allCame = new CountDownLatch(CONNECTIONS);
    private final CountDownLatch othersMayAnswer = new CountDownLatch(1);
    private final CountDownLatch twoMoreCame = new CountDownLatch(CONNECTIONS + 2);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger outcomes = new AtomicInteger();
    private volatile boolean sentAtOnce;

    Answer answer(int connection, int request) {
      return Answer.to(came -> {
        allCame.countDown();
        twoMoreCame.countDown();
        await(request > 0 ? end : connection > 0 ? othersMayAnswer : allCame);
        return Answer.ok("x");
      });
    }

    /** With the first outcome, both other answers come while the loop is kept from looking. */
    void record(Outcome outcome) {
      switch (outcomes.incrementAndGet()) {
        case 1 -> {
          othersMayAnswer.countDown();
          sleep(Duration.ofMillis(200));
        }
        case CONNECTIONS -> {
          sentAtOnce = await(twoMoreCame);
          end.countDown();
        }
        default -> {}
      }
    }

    private static boolean await(CountDownLatch latch) {
      try {
        return latch.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static void sleep(Duration length) {
      try {
        Thread.sleep(length);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aRequestGoesOutBeforeTheLoopReadsWhatCameOnOtherConnections() throws Exception {
    Play play = new Play();
    try (ScriptedServer server = ScriptedServer.start(play::answer);
        Engine engine =
            Engines.open(
                new Origin(false, "127.0.0.1", server.port()),
                new ConnectionConfig(
                    EngineKind.LOOP,
                    1,
                    CONNECTIONS,
                    true,
                    Duration.ofSeconds(30),
                    false,
                    false,
                    Transport.DEFAULT,
                    null))) {
      var jobs = EngineRun.queueOf(EngineRun.get("/"), 2 * CONNECTIONS);
      jobs.close();
      EngineRun.await(engine.start(jobs, i -> play::record));
    }
    assertThat(play.outcomes).hasValue(2 * CONNECTIONS);
    assertThat(play.sentAtOnce).isTrue();
  }
}
