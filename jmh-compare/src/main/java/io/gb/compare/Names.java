package io.gb.compare;

import java.util.Locale;

/** Writes the names of constants as users see them. */
public final class Names {

  private Names() {}

  /** Returns a constant's name in small letters: {@code few_samples}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
