package io.gb.harness.report;

import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.CpuUse;
import io.gb.harness.http.AddressCount;
import io.gb.harness.http.ConnectionCounts;
import io.gb.harness.http.response.ServerInfo;
import io.gb.harness.http.response.Sloppiness;
import io.gb.harness.job.ErrorKind;
import io.gb.harness.job.Outcome;
import io.gb.harness.load.EndReason;
import io.gb.harness.stats.ErrorSummary;
import io.gb.harness.stats.Recorder;
import io.gb.harness.stats.RequestSample;
import io.gb.harness.stats.Summary;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A result put together by hand, figure by figure. */
final class Results {

  private final BenchmarkConfig.Builder config;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<ErrorKind, ErrorSummary> errors = new EnumMap<>(ErrorKind.class);
  private List<RequestSample> samples = List.of();
  private Map<Sloppiness, Long> sloppyResponses = Map.of();
  private boolean unlimited;
  private long unsent;
  private Duration longestUnderWay = Duration.ZERO;
  private EndReason end = EndReason.FINISHED;
  private @Nullable Throwable error;
  private List<AddressCount> addresses = List.of();
  private Duration elapsed = Duration.ofMillis(2500);
  private Duration cpu = Duration.ofMillis(500);
  private @Nullable ServerInfo server = new ServerInfo("raw/1.0 (test)", null);

  private Results(BenchmarkConfig.Builder config) {
    this.config = config;
  }

  /** A result of a run as described; its number of requests is set to the number of outcomes. */
  static Results of(BenchmarkConfig.Builder config) {
    return new Results(config);
  }

  /** A description of a run against a host that nobody asks. */
  static BenchmarkConfig.Builder config(String uri) {
    return BenchmarkConfig.builder(URI.create(uri));
  }

  /** Adds requests that were all answered alike, on connections opened in no time or reused. */
  Results completed(int count, int status, double connect, double wait, double total) {
    for (int i = 0; i < count; i++) {
      outcomes.add(
          new Outcome.Completed(
              status, true, 10_240, 10_482, 100, nanos(connect), 0, nanos(wait), nanos(total)));
    }
    return this;
  }

  /** Adds requests that all failed alike, the first and the last at these milliseconds. */
  Results failed(int count, ErrorKind kind, Throwable cause, double first, double last) {
    for (int i = 0; i < count; i++) {
      outcomes.add(new Outcome.Failed(kind, cause, 0, 0, 0, nanos(first), 0));
    }
    errors.put(kind, new ErrorSummary(count, nanos(first), nanos(last), cause));
    return this;
  }

  /** Adds complete responses with a body of another length than the first. */
  Results ofOtherLength(int count) {
    IOException cause = new IOException("body of 1 bytes, but the first 2xx response had 10240");
    for (int i = 0; i < count; i++) {
      outcomes.add(new Outcome.Failed(ErrorKind.LENGTH, cause, 0, 0, 0, 0, 200));
    }
    errors.put(ErrorKind.LENGTH, new ErrorSummary(count, 0, 0, cause));
    return this;
  }

  Results endedBy(EndReason reason, long without) {
    end = reason;
    unsent = without;
    longestUnderWay = Duration.ofMillis(1234);
    return this;
  }

  /** Leaves the number of requests as the description has it. */
  Results unlimited() {
    unlimited = true;
    return this;
  }

  Results in(Duration time, Duration cpuTime) {
    elapsed = time;
    cpu = cpuTime;
    return this;
  }

  Results server(@Nullable ServerInfo info) {
    server = info;
    return this;
  }

  /** Sets how many responses were sloppy in each way. */
  Results sloppy(Map<Sloppiness, Long> value) {
    sloppyResponses = value;
    return this;
  }

  /** Sets the single requests that were kept. */
  Results samples(List<RequestSample> value) {
    samples = value;
    return this;
  }

  /** Ends the run with an unexpected error. */
  Results endedByError(Throwable value) {
    error = value;
    end = EndReason.ERROR;
    return this;
  }

  /** Sets how many connections each address got. */
  Results addresses(List<AddressCount> value) {
    addresses = value;
    return this;
  }

  BenchmarkResult build() {
    long requests = outcomes.size() + unsent;
    BenchmarkConfig described = unlimited ? config.build() : config.requests(requests).build();
    Recorder recorder = new Recorder(System.nanoTime(), 1, described.connection().timeout());
    outcomes.forEach(recorder.sink(0)::record);
    Summary summary = withFixedTimes(recorder.summarize());
    long opened = summary.newConnect().count();
    long recalled = Math.min(unsent, described.connection().concurrency());
    return new BenchmarkResult(
        described,
        end,
        Optional.ofNullable(error),
        elapsed,
        requests,
        unsent,
        recalled,
        longestUnderWay,
        10_240,
        summary,
        samples,
        new ConnectionCounts(
            opened,
            Math.min(1, opened),
            outcomes.size() + recalled,
            0,
            summary.completed() - opened),
        sloppyResponses,
        addresses,
        Optional.ofNullable(server),
        new CpuUse(cpu.toNanos(), 2));
  }

  private Summary withFixedTimes(Summary recorded) {
    return new Summary(
        recorded.completed(),
        recorded.failed(),
        recorded.statuses(),
        recorded.keptAlive(),
        recorded.bytesReceived(),
        recorded.bytesSent(),
        recorded.bodyBytes(),
        recorded.connect(),
        recorded.newConnect(),
        recorded.handshake(),
        recorded.processing(),
        recorded.waiting(),
        recorded.total(),
        recorded.failedTotal(),
        errors);
  }

  private static long nanos(double millis) {
    return Math.round(millis * TimeUnit.MILLISECONDS.toNanos(1));
  }
}
