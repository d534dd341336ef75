package io.gb.leaks.dump;

import java.io.IOException;

/** Says that a file is no heap dump that can be read: foreign, truncated or damaged. */
public final class DumpFormatException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message one line that says what is wrong with the file, without its name: it completes a
   *     sentence that begins with the name
   */
  public DumpFormatException(String message) {
    super(message);
  }
}
