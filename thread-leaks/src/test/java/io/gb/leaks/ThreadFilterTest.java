package io.gb.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which threads a census passes over, by frames as the JDK writes them. */
class ThreadFilterTest {

  private static final List<String> STACK =
      List.of(
          "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)",
          "java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)",
          "a.Worker.work(Worker.java:9)",
          "app//a.Pool.lambda$start$0(Pool.java:7)",
          "app//a.Pool$$Lambda/0x00007f.run(Unknown Source)",
          "java.base/java.lang.VirtualThread.run(VirtualThread.java:460)");

  private static boolean covers(ThreadFilter filter) {
    return filter.covers("worker-1", STACK);
  }

  @Test
  void aThreadIsCoveredByItsWholeName() {
    assertThat(covers(ThreadFilter.none().andName("worker-[0-9]"))).isTrue();
    assertThat(covers(ThreadFilter.none().andName("worker"))).isFalse();
  }

  @Test
  void aTopFrameIsTheFirstAndAnyFrameEach() {
    assertThat(covers(ThreadFilter.none().andTopFrame("java.lang.VirtualThread.park"))).isTrue();
    assertThat(covers(ThreadFilter.none().andTopFrame("a.Worker.work"))).isFalse();
    assertThat(covers(ThreadFilter.none().andAnyFrame("a.Worker.work"))).isTrue();
    assertThat(covers(ThreadFilter.none().andAnyFrame("a.Pool.lambda$start$0"))).isTrue();
    assertThat(covers(ThreadFilter.none().andAnyFrame("a.Worker.wor"))).isFalse();
  }

  @Test
  void theCreatorIsTheMethodInWhichTheTaskIsWritten() {
    assertThat(covers(ThreadFilter.none().andCreator("a.Pool.start"))).isTrue();
    assertThat(covers(ThreadFilter.none().andCreator("a.Worker.work"))).isFalse();
    assertThat(Creator.of(List.of("app//a.Worker.run(Worker.java:9)", "java.lang.Thread.run(X)")))
        .isEqualTo("a.Worker.run");
    assertThat(Creator.of(STACK.subList(0, 2))).isEmpty();
    assertThat(covers(ThreadFilter.none())).isFalse();
  }
}
