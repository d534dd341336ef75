package quickstart;

import static io.gb.compare.limit.Outcome.HELD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gb.compare.jmh.JmhReader;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.limit.Budget;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks once; each budget is a test case of its own. */
class PerformanceIT {

  @TestFactory
  Stream<DynamicTest> budgets() throws Exception {
    new Runner(new OptionsBuilder().include("CodecBenchmark").forks(1).addProfiler(GCProfiler.class)
        .resultFormat(ResultFormatType.JSON).result("target/jmh.json").build()).run();
    List<JmhResult> results = JmhReader.read(Path.of("target/jmh.json"));
    return Budget.readFile(Path.of("budgets.txt")).stream()
        .flatMap(budget -> budget.judge(results).stream())
        .map(b -> DynamicTest.dynamicTest(b.name(), () -> assertEquals(HELD, b.outcome(), b.message())));
  }
}
