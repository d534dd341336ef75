package io.gb.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the version banners of XNIO and JBoss Threads off the console, where {@code
 * java.util.logging} puts them unless told otherwise. A level that the application has set is left
 * alone.
 */
final class QuietLogging {

  /** Strong references: the log manager holds its loggers, and so their levels, weakly. */
  private static final List<Logger> CHATTY =
      List.of(Logger.getLogger("org.xnio"), Logger.getLogger("org.jboss.threads"));

  private QuietLogging() {}

  static void apply() {
    for (Logger logger : CHATTY) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }
}
