package io.gb.cli;

/** Says in one line what a throwable is about. */
final class Messages {

  private Messages() {}

  static String of(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
