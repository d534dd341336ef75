package io.gb.compare.jmh;

import java.io.IOException;

/** A file that is no JMH result; the message is one line that names the file and the place. */
public final class JmhFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  JmhFormatException(String message) {
    super(message);
  }
}
