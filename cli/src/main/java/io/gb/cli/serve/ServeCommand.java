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
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code gb serve}: runs the embedded server until it is interrupted. */
public final class ServeCommand extends Command {

  /** Each takes file descriptors, and more than a few a processor are of no use. */
  private static final int MOST_IO_THREADS = 256;

  private int port;
  private String bind = "127.0.0.1";
  private int ioThreads = Runtime.getRuntime().availableProcessors();

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
  }

  @Override
  protected ExitCode run(List<String> arguments) {
    if (!arguments.isEmpty()) {
      throw CommandException.usage("unexpected argument: " + arguments.getFirst());
    }
    try (EmbeddedServer server = EmbeddedServer.start(config())) {
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

  private ServerConfig config() {
    if (port < 0 || port > 65535) {
      throw CommandException.usage("-p " + port + ": not a port, 0 to 65535");
    }
    if (ioThreads < 1 || ioThreads > MOST_IO_THREADS) {
      throw CommandException.usage(
          "--io-threads " + ioThreads + ": must be between 1 and " + MOST_IO_THREADS);
    }
    try {
      return ServerConfig.loopback()
          .withAddress(InetAddress.getByName(bind))
          .withPort(port)
          .withIoThreads(ioThreads);
    } catch (UnknownHostException e) {
      throw CommandException.failed("--bind " + bind + ": unknown host");
    }
  }
}
