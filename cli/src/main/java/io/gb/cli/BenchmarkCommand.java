package io.gb.cli;

import io.gb.harness.BenchmarkConfig;
import io.gb.harness.http.EngineKind;
import io.gb.harness.job.Header;
import io.gb.harness.report.AbReport;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gb}: ab's options and arguments; fills fields and builds the configuration of a run. */
@Command(
    name = "gb",
    customSynopsis = {
      "gb [options] [[http[s]://]host[:port]/path]",
      "       gb serve [options]",
      "Without a URL, gb starts its embedded server and benchmarks that one's 10k.dat."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "Exit codes:%n",
    subcommandsRepeatable = false)
final class BenchmarkCommand implements Callable<Integer> {

  private static final long REQUESTS_IN_TIME_LIMIT = 50_000;

  private final Console console;
  private long requests = 1;
  private @Nullable Duration timeLimit;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "concurrency",
      description = "Number of multiple requests to make at a time")
  private int concurrency = 1;

  @Option(
      names = {"-s", "--timeout"},
      paramLabel = "timeout",
      converter = Seconds.class,
      description = "Seconds to max. wait for each response; default 30")
  private Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = {"-p", "--post"},
      paramLabel = "postfile",
      description = "File containing data to POST. Remember also to set -T")
  private @Nullable Path postFile;

  @Option(
      names = {"-u", "--put"},
      paramLabel = "putfile",
      description = "File containing data to PUT. Remember also to set -T")
  private @Nullable Path putFile;

  @Option(
      names = {"-T", "--content-type"},
      paramLabel = "content-type",
      description = "Content-type header to use for POST/PUT data; default text/plain")
  private String contentType = "text/plain";

  @Option(
      names = {"-v", "--verbosity"},
      paramLabel = "verbosity",
      description = "How much troubleshooting info to print: 2 requests, 3 status, 4 heads")
  private int verbosity;

  @Option(
      names = {"-i", "--head"},
      description = "Use HEAD instead of GET")
  private boolean head;

  @Option(
      names = {"-m", "--method"},
      paramLabel = "method",
      description = "Method name")
  private @Nullable String method;

  @Option(
      names = {"-C", "--cookie"},
      paramLabel = "attribute",
      description = "Add cookie, eg. 'Apache=1234'. (repeatable)")
  private List<String> cookies = new ArrayList<>();

  @Option(
      names = {"-H", "--header"},
      paramLabel = "attribute",
      description = {
        "Add Arbitrary header line, eg. 'Accept-Encoding: gzip'",
        "Inserted after all normal header lines. (repeatable)"
      })
  private List<String> headerLines = new ArrayList<>();

  @Option(
      names = {"-A", "--auth"},
      paramLabel = "attribute",
      description = "Add Basic WWW Authentication, username and password with a colon between")
  private @Nullable String credentials;

  @Option(
      names = {"-k", "--keep-alive"},
      description = "Use HTTP KeepAlive feature")
  private boolean keepAlive;

  @Option(
      names = {"-l", "--variable-length"},
      description = "Accept variable document length (use this for dynamic pages)")
  private boolean variableLength;

  @Option(
      names = {"-r", "--go-on"},
      description = "Don't exit on socket receive errors.")
  private boolean goOnAfterReceiveErrors;

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not show progress when doing more than 150 requests")
  private boolean quiet;

  @Option(
      names = {"-d", "--no-percentiles"},
      description = "Do not show percentiles served table.")
  private boolean noPercentiles;

  @Option(
      names = {"-S", "--no-confidence"},
      description = "Do not show confidence estimators and warnings.")
  private boolean noConfidence;

  @Option(
      names = "--engine",
      paramLabel = "engine",
      description = {
        "core: HttpCore connections, the default",
        "client: the full Apache HttpClient"
      })
  private EngineKind engine = EngineKind.CORE;

  @Parameters(arity = "0..1", paramLabel = "url", hidden = true)
  private @Nullable String url;

  BenchmarkCommand(Console console) {
    this.console = console;
  }

  @Option(
      names = {"-n", "--requests"},
      paramLabel = "requests",
      order = -3,
      description = "Number of requests to perform")
  void setRequests(long value) {
    requests = value;
  }

  /** As with ab, a time limit raises the number of requests, and a later -n overrides that. */
  @Option(
      names = {"-t", "--time-limit"},
      paramLabel = "timelimit",
      converter = Seconds.class,
      order = -2,
      description = {"Seconds to max. spend on benchmarking", "This implies -n 50000"})
  void setTimeLimit(Duration value) {
    timeLimit = value;
    requests = REQUESTS_IN_TIME_LIMIT;
  }

  @Override
  public Integer call() throws IOException {
    check();
    AbReport report = new AbReport(new AbReport.Options(!noPercentiles, !noConfidence));
    BenchmarkRun run = new BenchmarkRun(console, report, quiet);
    if (url != null) {
      return run.run(config(Target.parse(url))).code();
    }
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkConfig config = config(server.uri("/10k.dat"));
      console
          .err()
          .println("gb: no URL given: benchmarking the embedded server at " + config.uri());
      return run.run(config).code();
    }
  }

  private void check() {
    if (requests < 1) {
      throw CommandException.usage("-n " + requests + ": must be at least 1");
    }
    if (concurrency < 1 || concurrency > BenchmarkConfig.MAX_CONCURRENCY) {
      throw CommandException.usage(
          "-c " + concurrency + ": must be between 1 and " + BenchmarkConfig.MAX_CONCURRENCY);
    }
    if (concurrency > requests) {
      throw CommandException.usage(
          "-c "
              + concurrency
              + ": Cannot use concurrency level greater than total number of requests, -n "
              + requests);
    }
    if (method != null && !Header.isToken(method)) {
      throw CommandException.usage("-m '" + method + "': not the name of a method");
    }
    if (head && method != null) {
      throw CommandException.usage("-i: Cannot mix HEAD with other methods, -m " + method);
    }
    if (head && (postFile != null || putFile != null)) {
      throw CommandException.usage("-i: Cannot mix HEAD with other methods, -p or -u");
    }
    if (postFile != null && putFile != null) {
      throw CommandException.usage("-p " + postFile + ": Cannot mix POST with PUT, -u " + putFile);
    }
  }

  private BenchmarkConfig config(URI uri) {
    BenchmarkConfig.Builder builder =
        BenchmarkConfig.builder(uri)
            .method(methodName())
            .requests(requests)
            .concurrency(concurrency)
            .timeLimit(timeLimit)
            .timeout(timeout)
            .keepAlive(keepAlive)
            .variableLength(variableLength)
            .stopOnReceiveError(!goOnAfterReceiveErrors)
            .engine(engine)
            .listener(verbosity >= 2 ? new ExchangePrinter(console.err(), verbosity) : null);
    if (!cookies.isEmpty()) {
      header(builder, "-C", "Cookie", String.join("; ", cookies));
    }
    if (credentials != null) {
      String encoded =
          Base64.getEncoder()
              .encodeToString(credentials.stripLeading().getBytes(StandardCharsets.UTF_8));
      header(builder, "-A", "Authorization", "Basic " + encoded);
    }
    Path bodyFile = postFile != null ? postFile : putFile;
    if (bodyFile != null) {
      checkHeader("-T", "Content-Type", contentType);
      builder.body(read(postFile != null ? "-p" : "-u", bodyFile), contentType);
    }
    for (String line : headerLines) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw CommandException.usage("-H '" + line + "': no 'name: value' with a colon between");
      }
      header(builder, "-H", line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(Messages.of(e));
    }
  }

  private static void header(
      BenchmarkConfig.Builder builder, String option, String name, String value) {
    checkHeader(option, name, value);
    builder.header(name, value);
  }

  private static void checkHeader(String option, String name, String value) {
    try {
      Header _ = new Header(name, value);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(option + ": " + Messages.of(e));
    }
  }

  private String methodName() {
    if (method != null) {
      return method;
    }
    if (head) {
      return "HEAD";
    }
    if (postFile != null) {
      return "POST";
    }
    return putFile != null ? "PUT" : "GET";
  }

  private static byte[] read(String option, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CommandException.failed(option + " " + file + ": no such file");
    } catch (AccessDeniedException e) {
      throw CommandException.failed(option + " " + file + ": permission denied");
    } catch (IOException e) {
      throw CommandException.failed(option + " " + file + ": " + Messages.of(e));
    }
  }
}
