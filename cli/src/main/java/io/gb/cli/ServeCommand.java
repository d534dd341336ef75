package io.gb.cli;

import io.gb.server.EmbeddedServer;
import io.gb.server.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gb serve}: runs the embedded server until it is interrupted. */
@Command(
    name = "serve",
    customSynopsis = "gb serve [options]",
    description = "Serves 10k.dat and the test paths until interrupted.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "port",
      description = "Port to listen on; 0, the default, lets the system choose")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "addr",
      description = "Address to listen on; default 127.0.0.1")
  private String bind = "127.0.0.1";

  @Option(
      names = "--io-threads",
      paramLabel = "n",
      description = "I/O threads; default one a processor")
  private int ioThreads = Runtime.getRuntime().availableProcessors();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (EmbeddedServer server = EmbeddedServer.start(config())) {
      console.out().println("Serving " + server.uri("/10k.dat"));
      console.out().flush();
      new CountDownLatch(1).await();
      return ExitCode.OK.code();
    } catch (IOException e) {
      throw CommandException.failed(Messages.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.code();
    }
  }

  private ServerConfig config() {
    if (port < 0 || port > 65535) {
      throw CommandException.usage("-p " + port + ": not a port, 0 to 65535");
    }
    if (ioThreads < 1) {
      throw CommandException.usage("--io-threads " + ioThreads + ": must be at least 1");
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
