package io.gb.compare.jmh;

import java.io.IOException;

/** A file is not a JMH result; the message is one line with the file, and the place in it. */
public final class JmhFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  JmhFormatException(String message) {
    super(message);
  }
}
