package quickstart;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@NoThreadLeaks
class PoolTest {
  @Test
  void forgetsItsPool() {
    Executors.newFixedThreadPool(1).submit(() -> "done");
  }
}
