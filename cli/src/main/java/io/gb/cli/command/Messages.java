package io.gb.cli.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says in one line what a throwable is about. */
public final class Messages {

  private Messages() {}

  public static String of(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /** What a failure to read or write a file is about, without the name of the file. */
  public static String ofFile(Throwable e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> of(e);
    };
  }
}
