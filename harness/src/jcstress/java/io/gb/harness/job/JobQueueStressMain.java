package io.gb.harness.job;

import java.util.Arrays;
import java.util.List;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs jcstress, and turns round what it says of the queues with a planted fault: it has to reject
 * each of them, and nothing else. In a profile of its own because it takes minutes:
 *
 * <pre>{@code
 * mvn verify -pl harness -am -Pjcstress
 * }</pre>
 *
 * <p>The report is in {@code harness/target/jcstress}.
 */
public final class JobQueueStressMain {

  private static final String FAILED = "TEST FAILURES:";

  private JobQueueStressMain() {}

  /**
   * Runs all stress tests of this package.
   *
   * @param args options for jcstress, beside the selection of tests
   */
  public static void main(String[] args) throws Exception {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "-t";
    all[args.length + 1] = JobQueueStressMain.class.getPackageName();
    Options options = new Options(all);
    if (!options.parse()) {
      throw new IllegalArgumentException("wrong options: " + List.of(args));
    }
    JCStress jcstress = new JCStress(options);
    List<String> broken =
        jcstress.getTests().stream()
            .filter(test -> test.startsWith(BrokenQueueStress.class.getName()))
            .toList();
    String failures = failures(jcstress);
    List<String> rejected = jcstress.getTests().stream().filter(failures::contains).toList();
    if (broken.isEmpty() || !rejected.equals(broken)) {
      throw new AssertionError(
          "to be rejected: " + broken + ", but rejected: " + rejected + failures);
    }
    System.out.println("As it has to be: the sound queue passes, the broken ones are rejected.");
  }

  private static String failures(JCStress jcstress) throws Exception {
    try {
      jcstress.run();
      return "";
    } catch (AssertionError e) {
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith(FAILED)) {
        throw e;
      }
      return message;
    }
  }
}
