import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes a heap dump that contains leaked threads: either about MEGABYTES of small objects and 100
 * threads that wait on unreachable queues, or a chain of THREADS virtual threads, each of which only
 * the next can wake, and the last of which nothing ({@code leaked}) or the owner of a static field
 * ({@code live}) can wake.
 *
 * <pre>
 * java -Xmx3g bench/LeakDump.java FILE.hprof heap MEGABYTES
 * java -Xmx3g bench/LeakDump.java FILE.hprof leaked|live THREADS
 * </pre>
 */
public class LeakDump {

  private static final int LEAKED = 100;

  /** Bytes that an entry of the map below takes in a dump, measured. */
  private static final int BYTES_PER_ENTRY = 168;

  private static Object held;

  public static void main(String[] args) throws Exception {
    int size = Integer.parseInt(args[2]);
    if (args[1].equals("heap")) {
      held = fill(size);
      for (int i = 0; i < LEAKED; i++) {
        leak(i);
      }
    } else {
      CountDownLatch last = chain(size);
      held = args[1].equals("live") ? last : null;
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    System.exit(0);
  }

  private static Map<Integer, String> fill(int megabytes) {
    Map<Integer, String> map = new HashMap<>();
    int entries = (int) (megabytes * 1_000_000L / BYTES_PER_ENTRY);
    for (int i = 0; i < entries; i++) {
      map.put(1000 + i, "value " + i);
    }
    return map;
  }

  private static void leak(int number) {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    await(Thread.ofPlatform().daemon().name("gb-worker-" + number).start(() -> take(queue)));
  }

  private static void take(LinkedBlockingQueue<String> queue) {
    try {
      queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CountDownLatch chain(int threads) {
    CountDownLatch before = new CountDownLatch(1);
    for (int i = 0; i < threads; i++) {
      CountDownLatch wakes = before;
      CountDownLatch waits = new CountDownLatch(1);
      await(Thread.ofVirtual().name("link-" + i).start(() -> passOn(waits, wakes)));
      before = waits;
    }
    return before;
  }

  private static void passOn(CountDownLatch from, CountDownLatch to) {
    try {
      from.await();
      to.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
