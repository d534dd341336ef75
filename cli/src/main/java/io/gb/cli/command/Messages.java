package io.gb.cli.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Turns exceptions into messages of one line. */
public final class Messages {

  private Messages() {}

  /** The first line of its message; the name of its class if it has none. */
  public static String of(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /**
   * Why a file could not be read or written, without the name of the file, which is all that the
   * message of some of these exceptions holds.
   */
  public static String ofFile(Throwable e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> of(e);
    };
  }
}
