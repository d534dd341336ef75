package io.gb.cli.docs;

import io.gb.leaks.ThreadLeaks;
import java.io.IOException;

/** The example of a proof, which lies between the two marks. */
final class LeaksExample {

  private LeaksExample() {}

  static void run() throws IOException {
    // begin
    for (var thread : ThreadLeaks.prove().proven()) {
      System.out.println(thread.name() + " can never run again: " + thread.reason());
    }
    // end
  }
}
