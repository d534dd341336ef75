package io.gb.leaks.dump;

import java.io.IOException;

/** The file is no heap dump that can be trusted: foreign, truncated or damaged. */
public final class DumpFormatException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Creates it.
   *
   * @param message one line that says what is wrong, without the name of the file
   */
  public DumpFormatException(String message) {
    super(message);
  }
}
