package io.gb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gb.compare.jmh.JmhReader;
import io.gb.compare.jmh.JmhResult;
import io.gb.compare.limit.Budget;
import io.gb.compare.limit.BudgetResult;
import io.gb.compare.limit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the performance suite and checks its budgets; each budget is a test. */
@DisabledIfSystemProperty(named = "gb.perf.skip", matches = "true")
class PerformanceIT {

  private static final Path RESULT = Path.of("target", "jmh-result.json");
  private static final Suite SUITE = Suite.current();
  private static List<JmhResult> results = List.of();

  /** Keeps the results even if a part fails, and none of an earlier build. */
  @BeforeAll
  static void run() throws RunnerException, IOException {
    Files.deleteIfExists(RESULT);
    List<RunResult> all = new ArrayList<>();
    try {
      int part = 0;
      for (Options options : SUITE.parts()) {
        String log = Path.of("target", "jmh-log-" + ++part + ".txt").toString();
        all.addAll(new Runner(new OptionsBuilder().parent(options).output(log).build()).run());
      }
    } finally {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, RESULT.toString()).writeOut(all);
    }
    results = JmhReader.read(RESULT);
  }

  @TestFactory
  Stream<DynamicTest> theBudgetsAreMet() throws IOException {
    List<BudgetResult> judged = new ArrayList<>();
    for (Path file : SUITE.budgets()) {
      judged.addAll(judge(file));
    }
    return judged.stream()
        .map(budget ->
            dynamicTest(
                budget.name(),
                () -> assertEquals(Outcome.HELD, budget.outcome(), budget.message())));
  }

  /** The negative control: budgets that must be missed. */
  @TestFactory
  Stream<DynamicTest> plantedFaultsAreFlagged() throws IOException {
    return judge(Path.of("planted.txt")).stream()
        .map(budget ->
            dynamicTest(
                budget.name(),
                () -> assertEquals(Outcome.MISSED, budget.outcome(), budget.message())));
  }

  private static List<BudgetResult> judge(Path budgets) throws IOException {
    return Budget.readFile(budgets).stream()
        .flatMap(budget -> budget.judge(results).stream())
        .toList();
  }
}
