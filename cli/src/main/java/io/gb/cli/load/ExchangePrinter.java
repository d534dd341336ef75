package io.gb.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.cli.command.Console;
import io.gb.harness.http.ExchangeListener;
import io.gb.harness.job.Job;
import io.gb.text.ForeignText;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Prints requests and responses as ab's {@code -v} does: 2 the request, 3 statuses, 4 heads and
 * bodies. Control characters of the server are shown, not obeyed; credentials are left out.
 */
final class ExchangePrinter implements ExchangeListener {

  private static final int MOST_OF_A_BODY = 4 * 1024;

  private final Console console;
  private final int verbosity;
  private final AtomicBoolean requestPrinted = new AtomicBoolean();

  ExchangePrinter(Console console, int verbosity) {
    this.console = console;
    this.verbosity = verbosity;
  }

  @Override
  public void responded(Job job, int status, String head) {
    StringBuilder text = new StringBuilder();
    if (requestPrinted.compareAndSet(false, true)) {
      text.append("INFO: ").append(job.method()).append(" header ==\n---\n");
      StringBuilder request = new StringBuilder();
      request.append(job.method()).append(' ').append(job.target()).append(" HTTP/1.1\n");
      // As text, a header leaves out its secret.
      job.headers().forEach(header -> request.append(header).append('\n'));
      text.append(ForeignText.lines(request.toString())).append("\n---\n");
    }
    if (verbosity >= 4) {
      text.append("LOG: header received:\n").append(ForeignText.lines(head)).append('\n');
    }
    if (verbosity >= 3) {
      text.append("LOG: Response code = ").append(status).append('\n');
    }
    console.err().print(text);
  }

  @Override
  public int bodyBytes() {
    return verbosity >= 4 ? MOST_OF_A_BODY : 0;
  }

  @Override
  public void bodyRead(Job job, byte[] beginning, long length) {
    String text = ForeignText.lines(new String(beginning, UTF_8));
    String shown = beginning.length < length ? beginning.length + " of " : "";
    console
        .err()
        .print(
            "LOG: body received, "
                + (shown + length + " bytes:\n" + text)
                + (text.endsWith("\n") ? "" : "\n"));
  }

  @Override
  public void stopWaiting() {
    console.hurry().run();
  }
}
