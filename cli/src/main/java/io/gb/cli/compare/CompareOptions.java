package io.gb.cli.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.compare.Comparison;
import io.gb.compare.Selection;
import io.gb.compare.Selection.Order;
import io.gb.compare.Settings;
import io.gb.compare.Side;
import io.gb.compare.Unjudged;
import io.gb.compare.Warning;
import io.gb.compare.Warning.Kind;
import io.gb.compare.limit.Gate;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import io.gb.compare.report.Format;
import io.gb.compare.text.Names;
import io.gb.compare.text.Patterns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that both commands have, and the comparison by these options. */
final class CompareOptions {

  /** The warnings that --strict refuses; the others may be intended. */
  private static final Set<Kind> REFUSED =
      EnumSet.complementOf(EnumSet.of(Kind.UNSTEADY, Kind.VARIES, Kind.DROPPED));

  /** A comparison with its gates, before it is written. */
  private record Judged(Comparison comparison, List<GateResult> results) {}

  private final CompareOutputs outputs = new CompareOutputs();
  private final List<Gate> gates = new ArrayList<>();
  private final List<Path> gateFiles = new ArrayList<>();
  private final Map<String, Set<String>> params = new LinkedHashMap<>();
  private Pattern benchmark = Pattern.compile("");
  private Pattern metric = Pattern.compile("");
  private String group = "";
  private Order order = Order.FILE;
  private double level = Settings.defaults().level();
  private double confidence = Settings.defaults().confidence();
  private double sameWithin = Settings.defaults().sameWithin();
  private double floorBytes = Settings.defaults().floorBytes();
  private boolean strict;
  private boolean unjudgedPass;
  private OptionalDouble forkSpread = OptionalDouble.empty();
  private final List<Path> histories = new ArrayList<>();
  private List<Side> history = List.of();
  private String column = "";

  void declare(OptionTable options) {
    options.theme("What to compare");
    options.value(
        "--filter",
        "regex",
        text -> benchmark = Patterns.parse(text),
        "compare only benchmarks whose name has a match");
    options.value(
        "--metric",
        "regex",
        text -> metric = Patterns.parse(text),
        "compare only metrics whose name has a match");
    options.value(
        "--param",
        "name=value",
        this::addParam,
        "compare only where the parameter has this value;",
        "may be repeated for further values");
    options.value(
        "--col",
        "name",
        text -> column = text,
        "compare the values of this parameter within one",
        "result: the first with each of the others");
    options.theme("Gates");
    options.value(
        "--gate",
        "limit",
        text -> gates.add(Gate.parse(text)),
        "end with 3 if a change beyond this limit is shown,",
        "such as time<=+5% or gc.alloc.rate.norm<=+0%,64B,",
        "and with 5 if neither that nor the opposite is;",
        "with time<=+5%! also end with 3 then; may be",
        "repeated");
    options.value(
        "--gates",
        "file",
        text -> gateFiles.add(Path.of(text)),
        "read gates from this file, one a line");
    options.value(
        "--gate-unjudged",
        "pass",
        this::setUnjudged,
        "do not end with 5 if a gate could not be judged");
    options.flag(
        "--strict",
        () -> strict = true,
        "end with 1 and no report if forks are too few, far",
        "apart or read twice, or if their environment, mode",
        "or unit differs");
    options.theme("Statistics");
    options.value(
        "--history",
        "directory",
        text -> histories.add(Path.of(text)),
        "results of earlier runs, a file each, that show how",
        "much benchmarks differ from run to run; used where",
        "forks are few; may be repeated");
    options.value(
        "--fork-spread",
        "percent",
        text -> forkSpread = OptionalDouble.of(percent(text)),
        "how much forks of the same code differ, as a",
        "standard deviation, where neither forks nor",
        "--history show it; without it, 5 is assumed, and no",
        "gate is judged by that");
    options.value(
        "--level",
        "percent",
        text -> level = percent(text),
        "chance of a false alarm among all rows of the",
        "primary metrics, and likewise among all others;",
        "default 5");
    options.value(
        "--confidence",
        "percent",
        text -> confidence = percent(text),
        "confidence of the intervals; default 95");
    options.value(
        "--same-within",
        "percent",
        text -> sameWithin = share(text),
        "smallest change that counts; default 1");
    options.value(
        "--floor",
        "bytes",
        text -> floorBytes = notNegative(text),
        "smallest change in bytes per operation that counts;",
        "default 4");
    options.theme("Output");
    options.value(
        "--format",
        "name[:file]",
        this::addOutput,
        "text, the default, markdown, csv, json, html or",
        "junit; written to the file if one is named; may be",
        "repeated");
    options.value(
        "--group",
        "name",
        text -> group = text,
        "make a table for each value of this parameter; with",
        "benchmark as name, one for each benchmark");
    options.value(
        "--sort",
        "order",
        text -> order = choice(Order.class, text),
        "order of rows: file, the default, name, change or",
        "p");
  }

  /**
   * Reads the gates and checks the options before anything else is read or run.
   *
   * @throws CommandException if a file of gates or an option is wrong
   */
  void check() {
    for (Path file : gateFiles) {
      try {
        gates.addAll(Gate.readFile(file));
      } catch (IOException e) {
        throw CommandException.failed("--gates " + Messages.of(e));
      } catch (IllegalArgumentException e) {
        throw CommandException.usage("--gates " + Messages.of(e));
      }
    }
    outputs.check();
    history = readHistory();
  }

  /** Returns the parameter whose values are compared within one result; empty if there is none. */
  String column() {
    return column;
  }

  boolean hasHistory() {
    return !histories.isEmpty();
  }

  /** Each file is a run of its own. */
  private List<Side> readHistory() {
    List<Side> runs = new ArrayList<>();
    try {
      for (Path file : Side.files(histories)) {
        runs.add(Side.read(file.toString(), List.of(file)));
      }
    } catch (IOException e) {
      throw CommandException.failed("--history " + Messages.of(e));
    }
    return runs;
  }

  /**
   * Checks that the reports can be written and do not overwrite an input.
   *
   * @param inputs files, and folders of results
   * @param made a folder that is made later; null if there is none
   * @throws CommandException if a report cannot be written
   */
  void checkOutputs(List<Path> inputs, @Nullable Path made) {
    List<Path> all = new ArrayList<>(inputs);
    all.addAll(gateFiles);
    all.addAll(histories);
    outputs.check(all, made);
  }

  /**
   * Checks that the sides can be compared, and writes nothing.
   *
   * @throws CommandException if there is nothing to compare, or a gate limits nothing
   */
  void rehearse(Console console, Side base, List<Side> contenders) {
    var _ = judge(console, base, contenders);
  }

  /**
   * Compares the sides and writes the reports.
   *
   * @throws CommandException if there is nothing to compare, a gate limits nothing, or --strict
   *     refuses
   */
  ExitCode compare(Console console, Side base, List<Side> contenders) {
    Judged judged = judge(console, base, contenders);
    if (strict) {
      refuse(console, judged.comparison());
    }
    boolean isWritten = outputs.write(console, judged.comparison(), judged.results());
    if (judged.results().stream().anyMatch(result -> result.outcome() == Outcome.MISSED)) {
      return ExitCode.GATE_MISSED;
    }
    if (!isWritten) {
      return ExitCode.FAILED;
    }
    boolean isOpen =
        judged.results().stream().anyMatch(result -> result.outcome() == Outcome.UNDECIDED);
    return isOpen && !unjudgedPass ? ExitCode.UNDECIDED : ExitCode.OK;
  }

  private Judged judge(Console console, Side base, List<Side> contenders) {
    Selection selection = new Selection(benchmark, metric, params, group, order);
    List<Side> sides = new ArrayList<>(contenders);
    sides.addFirst(base);
    String complaint = selection.complaint(sides);
    if (!complaint.isEmpty()) {
      throw CommandException.failed("--" + complaint);
    }
    Comparison comparison =
        Comparison.of(
            base,
            contenders,
            selection,
            new Settings(level, confidence, sameWithin, floorBytes, forkSpread),
            history);
    if (comparison.rows().isEmpty()) {
      comparison.warnings().forEach(warning -> console.error(warning.text()));
      comparison.unjudged().stream()
          .filter(one -> one.value().isPresent())
          .collect(
              groupingBy(
                  Unjudged::reason,
                  LinkedHashMap::new,
                  mapping(one -> one.id().label(), toCollection(LinkedHashSet::new))))
          .forEach(
              (reason, labels) -> console.error(reason + ": " + Names.few(List.copyOf(labels))));
      throw CommandException.failed(
          comparison.unjudged().isEmpty()
              ? "nothing to compare: no benchmark matches --filter, --param and --metric"
              : "nothing to compare: the sides have no metric of a benchmark in common");
    }
    return new Judged(comparison, results(comparison));
  }

  private List<GateResult> results(Comparison comparison) {
    try {
      return GateResult.of(gates, comparison);
    } catch (IllegalArgumentException e) {
      throw CommandException.failed("gate " + Messages.of(e));
    }
  }

  private static void refuse(Console console, Comparison comparison) {
    List<String> reasons =
        comparison.warnings().stream()
            .filter(warning -> REFUSED.contains(warning.kind()))
            .map(Warning::text)
            .toList();
    if (!reasons.isEmpty()) {
      reasons.forEach(console::error);
      throw CommandException.failed("--strict: no report, for the reasons above");
    }
  }

  private void setUnjudged(String text) {
    if (!text.equals("pass")) {
      throw new IllegalArgumentException("must be pass");
    }
    unjudgedPass = true;
  }

  private void addOutput(String text) {
    int colon = text.indexOf(':');
    Format format = choice(Format.class, colon < 0 ? text : text.substring(0, colon));
    if (colon == text.length() - 1) {
      throw new IllegalArgumentException("needs a file after the colon");
    }
    outputs.add(format, colon < 0 ? null : Path.of(text.substring(colon + 1)));
  }

  private void addParam(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("must be name=value");
    }
    params
        .computeIfAbsent(text.substring(0, equals), _ -> new LinkedHashSet<>())
        .add(text.substring(equals + 1));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Names.of(constant).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                Arrays.stream(type.getEnumConstants())
                    .map(Names::of)
                    .collect(joining(", ", "must be one of ", ""))));
  }

  private static double percent(String text) {
    double share = share(text);
    if (share == 0) {
      throw new IllegalArgumentException("must be a number above 0");
    }
    return share;
  }

  private static double share(String text) {
    double percent = notNegative(text);
    if (percent >= 100) {
      throw new IllegalArgumentException("must be below 100");
    }
    return percent / 100;
  }

  private static double notNegative(String text) {
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException("must be a number, 0 or more");
    }
    return Double.parseDouble(text);
  }
}
