package io.gb.compare.stats;

import io.gb.compare.Numbers;
import tools.jackson.core.JsonToken;

/** Breaks each rule of the ArchitectureTest. */
final class Planted {

  private Planted() {}

  static void breakAllRules() {
    System.out.println(Numbers.plain(1) + JsonToken.VALUE_NULL);
    System.exit(1);
  }
}
