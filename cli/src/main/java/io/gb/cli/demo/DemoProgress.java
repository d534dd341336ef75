package io.gb.cli.demo;

import io.gb.cli.command.Console;
import io.gb.demo.Variant;
import io.gb.harness.job.Uninterruptibly;
import io.gb.server.EmbeddedServer;
import java.util.Locale;

/**
 * Shows on a terminal how far a run of the demonstration has come, in one line that it overwrites
 * and finally clears. Owns one thread.
 */
final class DemoProgress implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 200;
  private static final String CLEAR = "\r" + " ".repeat(79) + "\r";

  private final Thread thread;

  /** Starts to show the progress of a run that begins now. */
  DemoProgress(Console console, Variant variant, EmbeddedServer server, int requests) {
    long before = server.requestsReceived();
    thread =
        Thread.ofPlatform()
            .name("gb-progress")
            .daemon()
            .start(() -> watch(console, variant, server, before, requests));
  }

  private static void watch(
      Console console, Variant variant, EmbeddedServer server, long before, int requests) {
    long start = System.nanoTime();
    try {
      while (true) {
        long done = Math.min(requests, server.requestsReceived() - before);
        String step =
            done < requests
                ? String.format(Locale.ROOT, "%,d of %,d requests", done, requests)
                : "dumping the heap and looking for leaked threads";
        String line = "gb: " + variant.label() + ": " + step;
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        console.err().printf(Locale.ROOT, "\r%-70s %6d s", line, seconds);
        console.err().flush();
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    Uninterruptibly.join(thread);
  }
}
