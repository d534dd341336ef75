package io.gb.harness.job;

/** Waits that no interrupt cuts short: the owner of a thread does not return before its end. */
public final class Uninterruptibly {

  private Uninterruptibly() {}

  /**
   * Waits for a thread to end; keeps the interrupt status if interrupted meanwhile.
   *
   * @param thread the thread; one that was never started does not delay
   */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
