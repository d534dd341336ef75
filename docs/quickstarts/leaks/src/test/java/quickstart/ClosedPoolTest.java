package quickstart;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class ClosedPoolTest {
  @Test
  void shutsItsPoolDown() {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.submit(() -> "done");
    pool.shutdown();
  }
}
