package io.gb.cli.load;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.SameFile;
import io.gb.cli.command.WholeNumber;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.BenchmarkResult;
import io.gb.harness.http.ConnectionConfig;
import io.gb.harness.http.EngineKind;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.TlsOptions;
import io.gb.harness.http.Transport;
import io.gb.harness.job.Header;
import io.gb.harness.report.AbReport;
import io.gb.harness.report.CsvReport;
import io.gb.harness.report.GnuplotReport;
import io.gb.harness.report.HtmlReport;
import io.gb.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code gb}: reads ab's options and arguments into the configuration of a run. */
public final class BenchmarkCommand extends Command {

  private static final long REQUESTS_IN_TIME_LIMIT = 50_000;
  private static final int HTTP_PORT = 80;
  private static final int SAMPLES = 100_000;
  private static final long LONGEST_BODY = Integer.MAX_VALUE - 8L;

  /** The limit of the JDK's scheduler. */
  private static final int MOST_PROCESSORS = 32_767;

  /** Read by the JDK when the first virtual thread starts. */
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  /** Options that make no sense with the embedded server. */
  private static final Set<String> FOR_A_TARGET =
      Set.of(
          "-p",
          "-u",
          "-T",
          "-i",
          "-m",
          "-C",
          "-H",
          "-A",
          "-X",
          "-P",
          "-B",
          "--addresses",
          "-f",
          "-Z",
          "-E",
          "--certificate-password-file",
          "-I",
          "--verify");

  private long requests = 1;
  private boolean isNumberImplied;
  private @Nullable Duration timeLimit;
  private int concurrency = 1;
  private Duration timeout = Duration.ofSeconds(30);
  private @Nullable Path postFile;
  private @Nullable Path putFile;
  private String contentType = "text/plain";
  private int verbosity;
  private boolean head;
  private @Nullable String method;
  private final List<String> cookies = new ArrayList<>();
  private final List<String> headerLines = new ArrayList<>();
  private @Nullable String credentials;
  private boolean keepAlive;
  private boolean variableLength;
  private boolean goOnAfterReceiveErrors;
  private boolean retry;
  private boolean strictHttp;
  private boolean quiet;
  private boolean noPercentiles;
  private boolean noConfidence;
  private int bufferBytes;
  private @Nullable InetAddress localAddress;
  private boolean everyAddress;
  private @Nullable HostAndPort proxy;
  private @Nullable String proxyCredentials;
  private boolean html;
  private String tableAttributes = "";
  private String rowAttributes = "";
  private String cellAttributes = "bgcolor=white";
  private @Nullable Path csvFile;
  private @Nullable Path gnuplotFile;
  private List<String> protocols = List.of();
  private List<String> cipherSuites = List.of();
  private boolean noServerName;
  private boolean verify;
  private @Nullable Path certificateFile;
  private @Nullable Path passwordFile;
  private @Nullable EngineKind engine;
  private int processors;

  public BenchmarkCommand(Console console) {
    super("gb", console);
  }

  @Override
  public String usage() {
    return """
    gb [options] [[http[s]://]host[:port]/path]
           gb demo [options]
           gb serve [options]
           gb compare [options] base.json new.json
           gb compare run [options] -- [JMH options]
           gb check [options] results.json
           gb leaks [options] pid | file.hprof
    Without a URL, gb starts its own server and benchmarks 10k.dat of that one.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    options.theme("Load");
    options.value(
        "-n, --requests",
        "number",
        this::setRequests,
        "how many requests to send, such as 500, 10k or 1m",
        "(a million); default 1");
    options.value(
        "-t, --time-limit",
        "seconds",
        this::setTimeLimit,
        "stop after this time, such as 30, 500ms or 2m; also",
        "sets -n 50000, unless -n follows");
    options.value(
        "-c, --concurrency",
        "number",
        text -> concurrency = WholeNumber.parseInt(WholeNumber.writtenOut(text)),
        "how many requests are under way at once; default 1");
    options.value(
        "-s, --timeout",
        "seconds",
        text -> timeout = Seconds.parse(text),
        "how long one request may take; default 30");
    options.flag(
        "-k, --keep-alive", () -> keepAlive = true, "keep connections open for further requests");
    options.value(
        "-G, --processors",
        "number",
        this::setProcessors,
        "how many processors run requests; default all,",
        "half of them if the loop sends to localhost");
    options.value(
        "--engine",
        "name",
        text -> engine = engine(text),
        "loop: an event loop, the default without TLS;",
        "core: HttpCore connections, the default with TLS;",
        "client: the full Apache HttpClient");
    options.theme("Request");
    options.value("-m, --method", "method", text -> method = text, "send this method");
    options.flag("-i, --head", () -> head = true, "send HEAD instead of GET");
    options.value(
        "-p, --post",
        "file",
        text -> postFile = Path.of(text),
        "POST this file; -T names its type");
    options.value(
        "-u, --put", "file", text -> putFile = Path.of(text), "PUT this file; -T names its type");
    options.value(
        "-T, --content-type",
        "type",
        text -> contentType = text,
        "type of what -p or -u sends; default text/plain");
    options.value("-C, --cookie", "name=value", cookies::add, "send this cookie; may be repeated");
    options.value(
        "-H, --header",
        "name:value",
        headerLines::add,
        "send this header, in place of gb's own if there is",
        "one of that name; may be repeated");
    options.value(
        "-A, --auth",
        "user:password",
        text -> credentials = text,
        "send these credentials as HTTP Basic authentication");
    options.theme("Connection");
    options.value(
        "-B, --bind",
        "address",
        text -> localAddress = address(text),
        "address of this machine to connect from");
    options.value(
        "-b, --buffer",
        "bytes",
        text -> bufferBytes = positive(text),
        "size of the sockets' send and receive buffers");
    options.value(
        "--addresses",
        "which",
        text -> everyAddress = isAll(text),
        "first: connect to the first address that answers,",
        "the default; all: to all of the host in turn");
    options.value(
        "-X, --proxy",
        "host[:port]",
        this::setProxy,
        "send through this proxy; https through a tunnel");
    options.value(
        "-P, --proxy-auth",
        "user:password",
        text -> proxyCredentials = text,
        "send these credentials to the proxy");
    options.theme("TLS");
    options.value(
        "-f, --protocol",
        "version",
        text -> protocols = TlsCommandLine.protocols(text),
        "TLS version to speak: TLS1.2, TLS1.3 or ALL");
    options.value(
        "-Z, --ciphers",
        "suites",
        text -> cipherSuites = TlsCommandLine.cipherSuites(text),
        "cipher suites, separated by colons");
    options.value(
        "-E, --certificate",
        "file",
        text -> certificateFile = Path.of(text),
        "client certificate, chain and key: a PEM file, or",
        "PKCS #12 (.p12, .pfx)");
    options.value(
        "--certificate-password-file",
        "file",
        text -> passwordFile = Path.of(text),
        "the first line of this file is the password of a",
        "PKCS #12 file; default an empty one");
    options.flag(
        "-I, --no-server-name",
        () -> noServerName = true,
        "do not name the host in the TLS handshake (SNI)");
    options.flag("--verify", () -> verify = true, "verify the server's certificate and name");
    options.theme("Failures");
    options.flag(
        "-l, --variable-length",
        () -> variableLength = true,
        "do not count bodies that differ in length as failed");
    options.flag(
        "-r, --go-on",
        () -> goOnAfterReceiveErrors = true,
        "go on after a response that could not be received");
    options.flag(
        "--retry",
        () -> retry = true,
        "send a request once more that got no response on a",
        "kept connection, if its method is idempotent");
    options.flag(
        "--strict-http",
        () -> strictHttp = true,
        "count responses as failed that break the rules of",
        "HTTP even if they leave no doubt what they say");
    options.theme("Output");
    options.value(
        "-v, --verbosity",
        "level",
        text -> verbosity = WholeNumber.parseInt(text),
        "2 prints the first request, 3 also the status of",
        "each response, 4 also its head and its body, of",
        "that at most 4096 bytes");
    options.flag("-q, --quiet", () -> quiet = true, "show no progress");
    options.flag(
        "-d, --no-percentiles", () -> noPercentiles = true, "leave out the table of percentiles");
    options.flag(
        "-S, --no-confidence",
        () -> noConfidence = true,
        "leave out median, deviation and warnings");
    options.flag("-w, --html", () -> html = true, "print the report as an HTML table");
    options.value(
        "-x, --table-attributes",
        "attributes",
        text -> tableAttributes = html(text),
        "attributes of the HTML table; implies -w");
    options.value(
        "-y, --row-attributes",
        "attributes",
        text -> rowAttributes = html(text),
        "attributes of its rows; implies -w");
    options.value(
        "-z, --cell-attributes",
        "attributes",
        text -> cellAttributes = html(text),
        "attributes of its cells; implies -w");
    options.value(
        "-e, --csv",
        "file",
        text -> csvFile = Path.of(text),
        "write the time of each percentage to this file");
    options.value(
        "-g, --gnuplot",
        "file",
        text -> gnuplotFile = Path.of(text),
        "write single requests to this file, tab-separated;",
        "at most " + SAMPLES + ", chosen at random");
    OtherTools.explain(options);
  }

  @Override
  public String notes() {
    return """
    Commands:
      demo                       show the leak of 2013 and its fix
      serve                      run the embedded server alone
      compare                    compare two JMH results, with gates
      compare run                run two JMH jars in turns, then compare
      leaks                      find threads of a JVM that can never run again
    Exit codes:
    """
        + ExitCode.help();
  }

  /** As with ab, a time limit raises the number of requests, and a later -n overrides that. */
  private void setTimeLimit(String text) {
    timeLimit = Seconds.parse(text);
    requests = REQUESTS_IN_TIME_LIMIT;
    isNumberImplied = true;
  }

  private void setRequests(String text) {
    requests = WholeNumber.parse(WholeNumber.writtenOut(text));
    isNumberImplied = false;
  }

  private void setProcessors(String text) {
    processors = positive(text);
    if (processors > MOST_PROCESSORS) {
      throw new IllegalArgumentException("must be at most " + MOST_PROCESSORS);
    }
    System.setProperty(PARALLELISM, Integer.toString(processors));
  }

  /** As with curl, the proxy may be a URL, and name user and password. */
  private void setProxy(String text) {
    String bare = text.replaceFirst("^http://", "").replaceFirst("/$", "");
    int at = bare.lastIndexOf('@');
    proxy = HostAndPort.parse(bare.substring(at + 1), HTTP_PORT);
    if (at >= 0) {
      String user = bare.substring(0, at).replace("+", "%2B");
      proxyCredentials = URLDecoder.decode(user, StandardCharsets.UTF_8);
    }
  }

  private String html(String attributes) {
    html = true;
    return attributes;
  }

  private static int positive(String text) {
    int value = WholeNumber.parseInt(text);
    if (value < 1) {
      throw new IllegalArgumentException("must be at least 1");
    }
    return value;
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("unknown address", e);
    }
  }

  private static boolean isAll(String text) {
    return switch (text) {
      case "first" -> false;
      case "all" -> true;
      default -> throw new IllegalArgumentException("must be first or all");
    };
  }

  private static EngineKind engine(String text) {
    return Arrays.stream(EngineKind.values())
        .filter(kind -> kind.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be core, client or loop"));
  }

  @Override
  protected ExitCode run(List<String> arguments) throws IOException {
    if (arguments.size() > 1) {
      throw CommandException.usage(
          "unexpected argument: "
              + OptionTable.withoutSecret(arguments.get(1))
              + "; a run has one URL");
    }
    check();
    BenchmarkRun run = new BenchmarkRun(console(), report(), files(), quiet, html);
    if (!arguments.isEmpty()) {
      return run.run(config(UrlArgument.parse(arguments.getFirst())), 1);
    }
    typed().stream()
        .filter(FOR_A_TARGET::contains)
        .findFirst()
        .ifPresent(option -> {
          throw CommandException.usage(
              "no URL given, and " + option + " makes no sense without one");
        });
    try (EmbeddedServer server = EmbeddedServer.start()) {
      BenchmarkConfig config = config(server.uri("/10k.dat"));
      console()
          .error(
              "WARNING: no URL given; benchmarking gb's own server at " + config.request().uri());
      return run.run(config, 2);
    }
  }

  private Function<BenchmarkResult, String> report() {
    return html
        ? new HtmlReport(tableAttributes, rowAttributes, cellAttributes)::render
        : result ->
            new AbReport(new AbReport.Options(!noPercentiles, !noConfidence)).render(result)
                + Hints.of(result, isNumberImplied);
  }

  private List<ReportFile> files() {
    List<ReportFile> files = new ArrayList<>();
    if (csvFile != null) {
      files.add(new ReportFile("-e", csvFile, CsvReport::render));
    }
    if (gnuplotFile != null) {
      files.add(
          new ReportFile(
              "-g", gnuplotFile, result -> GnuplotReport.render(result, ZoneId.systemDefault())));
    }
    return files;
  }

  private void check() {
    if (requests < 1) {
      throw CommandException.usage("-n " + requests + ": must be at least 1");
    }
    if (concurrency < 1 || concurrency > ConnectionConfig.MAX_CONCURRENCY) {
      throw CommandException.usage(
          "-c " + concurrency + ": must be between 1 and " + ConnectionConfig.MAX_CONCURRENCY);
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
    if (passwordFile != null && certificateFile == null) {
      throw CommandException.usage("--certificate-password-file " + passwordFile + ": needs -E");
    }
    if (csvFile != null && gnuplotFile != null && SameFile.isTakenBy(csvFile, gnuplotFile)) {
      throw CommandException.usage("-g " + gnuplotFile + ": is the file of -e");
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
            .retry(retry)
            .strictHttp(strictHttp)
            .engine(engine(uri))
            .threads(processors)
            .samples(gnuplotFile == null ? 0 : SAMPLES)
            .transport(transport())
            .listener(verbosity >= 2 ? new ExchangePrinter(console(), verbosity) : null);
    if (proxy == null && proxyCredentials != null) {
      header(builder, "-P", "Proxy-Authorization", basic(proxyCredentials));
    }
    if (!cookies.isEmpty()) {
      header(builder, "-C", "Cookie", String.join("; ", cookies));
    }
    if (credentials != null) {
      header(builder, "-A", "Authorization", basic(credentials));
    }
    Path bodyFile = postFile != null ? postFile : putFile;
    if (bodyFile != null) {
      checkHeader("-T", "Content-Type", contentType);
      builder.body(read(postFile != null ? "-p" : "-u", bodyFile), contentType);
    }
    for (String line : headerLines) {
      int colon = line.indexOf(':');
      // What follows a blank may be a secret, also if it holds a colon.
      String begin = line.strip().split("\\s", 2)[0];
      if (colon < 1 || line.substring(0, colon).strip().length() > begin.length()) {
        throw CommandException.usage(
            "-H '" + begin + "': no 'name: value' with the colon right behind the name");
      }
      header(builder, "-H", line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(Messages.of(e));
    }
  }

  /** The loop speaks no TLS yet: says so, and takes the engine that does. */
  private @Nullable EngineKind engine(URI uri) {
    if (engine == null || engine.speaksTls() || !"https".equalsIgnoreCase(uri.getScheme())) {
      return engine;
    }
    console().error("--engine loop: speaks no TLS; sending with core instead");
    return EngineKind.CORE;
  }

  private Transport transport() {
    return new Transport(
        bufferBytes,
        localAddress,
        everyAddress,
        proxy == null
            ? null
            : new ProxyServer(
                proxy.host(),
                proxy.port(),
                proxyCredentials == null ? null : basic(proxyCredentials)),
        new TlsOptions(
            !noServerName,
            verify,
            protocols,
            cipherSuites,
            certificateFile == null
                ? null
                : ClientCertificate.load(certificateFile, passwordFile)));
  }

  /** RFC 7617; as with ab, blanks before the user are not part of it. */
  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString(credentials.stripLeading().getBytes(StandardCharsets.UTF_8));
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
      if (Files.size(file) > LONGEST_BODY) {
        throw CommandException.failed(option + " " + file + ": larger than 2 GB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandException.failed(option + " " + file + ": " + Messages.ofFile(e));
    }
  }
}
