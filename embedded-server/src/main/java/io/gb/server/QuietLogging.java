package io.gb.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Suppresses the version banners of XNIO and JBoss Threads, which {@code java.util.logging} prints
 * by default. Does not change a level that the application has set.
 */
final class QuietLogging {

  /** Strong references: the log manager has only weak ones to its loggers and their levels. */
  private static final List<Logger> NOISY =
      List.of(Logger.getLogger("org.xnio"), Logger.getLogger("org.jboss.threads"));

  private QuietLogging() {}

  static void apply() {
    for (Logger logger : NOISY) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
  }
}
