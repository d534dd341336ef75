package io.gb.leaks.proof;

/** What a proof takes for granted; each is listed with the verdicts that rest on it. */
public enum Assumption {
  /** No enumeration of platform threads. */
  A1(
      "nothing enumerates all platform threads to wake one (Thread.getAllStackTraces, or the thread"
          + " groups system and main)"),
  /** No reflection into the JDK, and no borrowing of its names. */
  A2(
      "nothing reaches into private fields of Thread or java.util.concurrent by reflection, or"
          + " names a hidden class of its own as the JDK names those of lambdas"),
  /** Native code plays by the rules. */
  A3("native code and agents hold no hidden reference to a thread or a lock"),
  /** Weak references are over-approximated. */
  A4("whatever the collector may clear, enqueue, clean or finalize counts as reached"),
  /** Spurious wake-ups lead nowhere. */
  A5("a spurious wake-up sends a thread back to waiting"),
  /** Monitors are left by whoever entered them. */
  A6("monitors are released by their owners alone"),
  /** Frames are complete; needed only if nobody could ask the JVM what is compiled. */
  A7(
      "no compiled frame of a live thread hides a reference: a dump alone does not say which frames"
          + " are compiled, so prove in the running JVM, or run it with -Xint"),
  /** Test instances and the like. */
  A8("the scope that was declared over is not used again"),
  /** Nothing was under way. */
  A9("no wake-up was under way when the dump was taken; a second sample confirms it");

  private final String text;

  Assumption(String text) {
    this.text = text;
  }

  /** One sentence without a full stop. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return name() + ": " + text;
  }
}
