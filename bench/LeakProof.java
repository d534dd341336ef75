import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadLeaks;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Times one proof of leaked threads from a heap dump in a fresh JVM, and the CPU time of its
 * thread, which includes the start of the JVM:
 *
 * <pre>
 * java -Xmx128m -cp cli/target/gb.jar bench/LeakProof.java FILE.hprof
 * </pre>
 */
public class LeakProof {

  public static void main(String[] args) throws Exception {
    Path dump = Path.of(args[0]);
    long start = System.nanoTime();
    LeakReport report = ThreadLeaks.prove(dump);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%.2f s, %.2f s of it at work, for %.0f MB: %d threads, %d leaked%n",
        seconds,
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9,
        Files.size(dump) / 1e6,
        report.threads().size(),
        report.threads().stream().filter(thread -> thread.verdict().isForEver()).count());
  }
}
