import io.gb.leaks.LeakReport;
import io.gb.leaks.ThreadLeaks;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How long does it take to prove leaks from a heap dump? One proof in a fresh JVM, with the time that
 * its thread had a processor, start of the JVM included:
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
        report.proven().size());
  }
}
