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
    String spelled = text.replace("±", "+-").replace("∞", "inf");
    for (int i = 0; i < Notes.DIGITS.length(); i++) {
      spelled = spelled.replace(Notes.DIGITS.substring(i, i + 1), "[" + (i + 1) + "]");
    }
    return spelled;
  }
}
