package io.gb.server;

import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
final class Eventually {

  private Eventually() {}

  /** Returns once {@code condition} holds; a test's own timeout ends a wait that is in vain. */
  static void holds(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
