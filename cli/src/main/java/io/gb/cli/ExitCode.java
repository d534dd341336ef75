package io.gb.cli;

/** How the command can end. */
enum ExitCode {
  /** Ran to its end; as with ab, failed requests alone do not change it. */
  OK(0),
  /** Could not run: refused from the start, unreadable file, internal error. */
  FAILED(1),
  /** Wrong usage; ab's code. */
  USAGE(22),
  /** Interrupted; the partial report was printed and is marked so. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
