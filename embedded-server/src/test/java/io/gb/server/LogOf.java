package io.gb.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Records what any logger of this JVM would print by default, until it is closed. */
final class LogOf extends Handler implements AutoCloseable {

  private final List<String> messages = new CopyOnWriteArrayList<>();

  private LogOf() {}

  static LogOf start() {
    LogOf log = new LogOf();
    Logger.getLogger("").addHandler(log);
    return log;
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord logged) {
    if (logged.getLevel().intValue() >= Level.INFO.intValue()) {
      messages.add(logged.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
