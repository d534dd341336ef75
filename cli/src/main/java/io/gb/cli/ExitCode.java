package io.gb.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the command can end. */
enum ExitCode {
  /** Ran to its end; as with ab, failed requests alone do not change it. */
  OK(0, "ran to its end; as with ab, failed requests alone do not change it"),
  /** Could not run or go on. */
  FAILED(
      1,
      "could not run or go on: nothing but failures at the start, a lost response without -r,"
          + " unreadable file, internal error"),
  /** Wrong usage; ab's code. */
  USAGE(22, "wrong usage; the message names the option and the value"),
  /** Interrupted; 128 and the number of SIGINT, which is what the JVM exits with. */
  INTERRUPTED(130, "interrupted; the report covers what was measured and says so");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** What each code means, in the order of the codes. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    Arrays.stream(values())
        .forEach(exit -> meanings.put(Integer.toString(exit.code), exit.meaning));
    return meanings;
  }
}
