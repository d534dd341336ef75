package io.gb.leaks.proof;

/** What a proof takes for granted. A report lists the assumptions that its verdicts rest on. */
public enum Assumption {
  /** Nothing enumerates the platform threads. */
  A1(
      "nothing enumerates all platform threads to wake one (Thread.getAllStackTraces, or the thread"
          + " groups system, main and those of the JDK's own threads)"),
  /** Nothing reaches into the JDK by reflection, or takes names that the JDK gives. */
  A2(
      "nothing reaches into private fields of Thread or java.util.concurrent by reflection, or"
          + " names a hidden class of its own as the JDK names those of lambdas"),
  /** Native code and agents hide no references. */
  A3("native code and agents hold no hidden reference to a thread or a lock"),
  /** What the collector may do is over-approximated. */
  A4("whatever the collector may clear, enqueue, clean or finalize counts as reached"),
  /** A spurious wake-up changes nothing. */
  A5("a spurious wake-up sends a thread back to waiting"),
  /** Only the owner of a monitor releases it. */
  A6("monitors are released by their owners alone"),
  /** Frames are complete. Only what is probably leaked rests on this. */
  A7("no compiled frame of a live thread hides a reference to a thread or a lock"),
  /** Nothing uses an object again that was declared over, such as the instance of a test. */
  A8("the scope that was declared over is not used again"),
  /** No wake-up was under way. */
  A9("no wake-up was under way when the dump was taken; a second sample confirms it");

  private final String text;

  Assumption(String text) {
    this.text = text;
  }

  /** The name, and the assumption as one sentence without a full stop. */
  @Override
  public String toString() {
    return name() + ": " + text;
  }
}
