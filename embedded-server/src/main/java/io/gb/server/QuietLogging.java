package io.gb.server;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Suppresses what {@code java.util.logging} would print by default: the version banners of XNIO and
 * JBoss Threads, and the errors that Undertow logs when a client breaks a rule of HTTP or TLS. Does
 * not change a level that the application has set.
 */
final class QuietLogging {

  /** Strong references: the log manager has only weak ones to its loggers and their levels. */
  private static final Map<Logger, Level> NOISY =
      Map.of(
          Logger.getLogger("org.xnio"), Level.WARNING,
          Logger.getLogger("org.jboss.threads"), Level.WARNING,
          Logger.getLogger("io.undertow.request.io"), Level.OFF);

  private QuietLogging() {}

  static void apply() {
    NOISY.forEach((logger, level) -> {
      if (logger.getLevel() == null) {
        logger.setLevel(level);
      }
    });
  }
}
