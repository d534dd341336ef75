package io.gb.cli.serve;

import io.gb.cli.command.Command;
import io.gb.cli.command.CommandException;
import io.gb.cli.command.Console;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.Messages;
import io.gb.cli.command.OptionTable;
import io.gb.cli.command.WholeNumber;
import io.gb.server.EmbeddedServer;
import io.gb.server.ServerConfig;
import io.gb.server.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code gb serve}: runs the embedded server until it is interrupted. */
public final class ServeCommand extends Command {

  /** Each thread takes file descriptors, and more than a few per processor are useless. */
  private static final int MOST_IO_THREADS = 256;

  private int port;
  private String bind = "127.0.0.1";
  private int ioThreads = Runtime.getRuntime().availableProcessors();
  private boolean https;
  private @Nullable Path certificateFile;

  /** A command that has not read its arguments yet. */
  public ServeCommand(Console console) {
    super("gb serve", console);
  }

  @Override
  public String usage() {
    return """
    gb serve [options]
    Serves 10k.dat and the test paths until interrupted.
    """;
  }

  @Override
  protected void declare(OptionTable options) {
    options.value(
        "-p, --port",
        "port",
        text -> port = WholeNumber.parseInt(text),
        "port to listen on; 0, the default, lets the system",
        "choose");
    options.value(
        "--bind", "address", text -> bind = text, "address to listen on; default 127.0.0.1");
    options.value(
        "--io-threads",
        "number",
        text -> ioThreads = WholeNumber.parseInt(text),
        "I/O threads; default one per processor");
    options.flag(
        "--https",
        () -> https = true,
        "serve https, with a key and a certificate",
        "made at start");
    options.value(
        "--write-cert",
        "file",
        text -> certificateFile = Path.of(text),
        "write the certificate to this file, in PEM, for",
        "clients that verify it; needs --https");
  }

  @Override
  protected ExitCode run(List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw CommandException.usage("unexpected argument: " + arguments.getFirst());
    }
    ServerConfig config = config();
    try (EmbeddedServer server = EmbeddedServer.start(config)) {
      if (!config.address().isLoopbackAddress()) {
        console()
            .error(
                "WARNING: listening on "
                    + config.address().getHostAddress()
                    + " port "
                    + server.port()
                    + "; other machines can reach this server");
      }
      if (certificateFile != null) {
        write(server.identity().orElseThrow(), certificateFile);
      }
      console().out().println("Serving " + server.uri("/10k.dat"));
      console().out().flush();
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static void write(Identity identity, Path file) {
    try {
      Files.writeString(file, identity.pem());
    } catch (IOException e) {
      throw CommandException.failed("--write-cert " + file + ": " + Messages.ofFile(e));
    }
  }

  private ServerConfig config() {
    if (port < 0 || port > 65535) {
      throw CommandException.usage("-p " + port + ": not a port, 0 to 65535");
    }
    if (ioThreads < 1 || ioThreads > MOST_IO_THREADS) {
      throw CommandException.usage(
          "--io-threads " + ioThreads + ": must be between 1 and " + MOST_IO_THREADS);
    }
    if (certificateFile != null && !https) {
      throw CommandException.usage("--write-cert " + certificateFile + ": needs --https");
    }
    try {
      ServerConfig http =
          ServerConfig.loopback()
              .withAddress(InetAddress.getByName(bind))
              .withPort(port)
              .withIoThreads(ioThreads);
      return https ? http.withHttps() : http;
    } catch (UnknownHostException e) {
      throw CommandException.failed("--bind " + bind + ": unknown host");
    }
  }
}
