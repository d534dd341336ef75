package io.gb.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.corpus.Threads;
import io.gb.leaks.report.LeakText;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thread may have any name. In a JVM of its own: with a control character in the name of any
 * thread, JDK 25 cannot write a thread dump as JSON, so that owners of monitors are unknown.
 */
@Timeout(60)
class HostileNamesTest {

  @Test
  void namesOfThreadsAreShownAndNotObeyed() throws Exception {
    Threads.startWaiting(
        "evil\u001b[2J\n  LEAKED    9 × forged", false, new LinkedBlockingQueue<String>()::take);

    String text = LeakText.of(ThreadLeaks.prove(), 0);

    assertThat(text)
        .contains("evil\\u001b[2J\\n  LEAKED    9 × forged WAITING")
        .doesNotContain("\u001b", "\n  LEAKED    9 × forged");
  }
}
