package io.gb.cli.load;

import io.gb.harness.http.ExchangeListener;
import io.gb.harness.job.Job;
import io.gb.text.ForeignText;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Prints requests and responses as ab's {@code -v} does: 2 the request, 3 statuses, 4 heads. */
final class ExchangePrinter implements ExchangeListener {

  private final PrintStream err;
  private final int verbosity;
  private final AtomicBoolean requestPrinted = new AtomicBoolean();

  ExchangePrinter(PrintStream err, int verbosity) {
    this.err = err;
    this.verbosity = verbosity;
  }

  @Override
  public void responded(Job job, int status, String head) {
    StringBuilder text = new StringBuilder();
    if (requestPrinted.compareAndSet(false, true)) {
      text.append("INFO: ").append(job.method()).append(" header ==\n---\n");
      text.append(job.method()).append(' ').append(job.target()).append(" HTTP/1.1\n");
      // As text, a header leaves out credentials.
      job.headers().forEach(header -> text.append(header).append('\n'));
      text.append("\n---\n");
    }
    if (verbosity >= 4) {
      text.append("LOG: header received:\n").append(ForeignText.lines(head)).append('\n');
    }
    if (verbosity >= 3) {
      text.append("LOG: Response code = ").append(status).append('\n');
    }
    err.print(text);
  }
}
