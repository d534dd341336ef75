package io.gb.compare.stats;

import io.gb.compare.Settings;
import tools.jackson.core.JsonToken;

/** Breaks each rule of the ArchitectureTest. */
final class Planted {

  private Planted() {}

  static void breakAllRules() {
    System.out.println(Settings.defaults() + " " + JsonToken.VALUE_NULL);
    System.exit(1);
  }
}
