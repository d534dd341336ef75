package io.gb.harness.job;

/** Waits that an interrupt must not cut short, because an owner leaves no thread behind. */
public final class Uninterruptibly {

  private Uninterruptibly() {}

  /**
   * Waits for a thread to end; an interrupt meanwhile is kept for the caller.
   *
   * @param thread the thread, started or never to be started
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
