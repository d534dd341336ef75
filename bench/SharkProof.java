import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import shark.HeapAnalyzer;
import shark.HeapObject;
import shark.HeapField;
import shark.LeakingObjectFinder;
import shark.MetadataExtractor;
import shark.OnAnalysisProgressListener;

/**
 * Times Shark, the heap analysis of LeakCanary, on the file of {@link LeakDump}: it is given the
 * leaked threads and finds the paths that keep them reachable. {@code bench/leak-proof.sh} fetches
 * Shark and runs this.
 */
public class SharkProof {

  public static void main(String[] args) {
    LeakingObjectFinder workers =
        graph -> {
          Set<Long> found = new HashSet<>();
          for (var i = graph.findClassByName("java.lang.Thread").getDirectInstances().iterator();
              i.hasNext(); ) {
            HeapObject.HeapInstance thread = i.next();
            HeapField name = thread.get("java.lang.Thread", "name");
            String text = name == null ? null : name.getValue().readAsJavaString();
            if (text != null && text.startsWith("gb-worker-")) {
              found.add(thread.getObjectId());
            }
          }
          return found;
        };
    long start = System.nanoTime();
    Object analysis =
        new HeapAnalyzer(OnAnalysisProgressListener.Companion.getNO_OP())
            .analyze(
                new File(args[0]),
                workers,
                List.of(),
                false,
                List.of(),
                MetadataExtractor.Companion.getNO_OP(),
                null);
    System.out.printf(
        Locale.ROOT,
        "%.2f s, Shark: %s%n",
        (System.nanoTime() - start) / 1e9,
        analysis.getClass().getSimpleName());
  }
}
