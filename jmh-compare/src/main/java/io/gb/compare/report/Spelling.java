package io.gb.compare.report;

import java.nio.charset.Charset;

/** How to write the characters of the reports that are not ASCII. */
enum Spelling {
  /** Unchanged. */
  PLAIN,
  /** With ASCII characters. */
  ASCII;

  private static final String SPECIAL = "±∞" + Notes.DIGITS;

  /** Chooses by whether a charset has these characters. */
  static Spelling of(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode(SPECIAL) ? PLAIN : ASCII;
  }

  String spell(String text) {
    if (this == PLAIN) {
      return text;
    }
    StringBuilder spelled = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      int digit = Notes.DIGITS.indexOf(letter);
      switch (letter) {
        case '±' -> spelled.append("+-");
        case '∞' -> spelled.append("inf");
        default -> {
          if (digit < 0) {
            spelled.append(letter);
          } else {
            spelled.append('[').append(digit + 1).append(']');
          }
        }
      }
    }
    return spelled.toString();
  }
}
