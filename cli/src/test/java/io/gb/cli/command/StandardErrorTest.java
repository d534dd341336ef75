package io.gb.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Standard error holds nobody up at the end of a run, whatever its reader does. */
@Timeout(60)
class StandardErrorTest {

  /** A pipe that is full until somebody reads. */
  private static final class Pipe extends OutputStream {

    private final CountDownLatch read = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      bytes.write(from, offset, length);
    }
  }

  private final Pipe pipe = new Pipe();
  private final StandardError err = new StandardError(new PrintStream(pipe, true, US_ASCII));
  private final PrintStream printed = new PrintStream(err, false, US_ASCII);

  @Test
  void whoHasPrintedKnowsThatItIsWritten() {
    pipe.read.countDown();
    for (int i = 0; i < 100; i++) {
      printed.print("x");
      assertThat(pipe.bytes.size()).isEqualTo(i + 1);
    }
  }

  @Test
  void whoPrintsWaitsForTheReaderUntilNobodyWaitsAnyMore() throws InterruptedException {
    Thread printing = Thread.ofPlatform().name("printing").start(() -> printed.print("first\n"));
    while (printing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    err.stopWaiting();
    printing.join();
    // More than fits is dropped, and the time that is waited once is not waited for each message.
    for (int i = 0; i < 300; i++) {
      printed.print(Integer.toString(i % 10).repeat(7999) + "\n");
    }
    pipe.read.countDown();
    do {
      printed.print("last\n");
    } while (!pipe.bytes.toString(US_ASCII).endsWith("last\n"));
    List<String> lines = pipe.bytes.toString(US_ASCII).lines().toList();
    assertThat(lines)
        .startsWith("first", "0".repeat(7999))
        .allMatch(line -> line.length() == 7999 || line.matches("first|last"));
    assertThat(lines).filteredOn(line -> line.length() == 7999).hasSizeLessThan(200);
  }
}
