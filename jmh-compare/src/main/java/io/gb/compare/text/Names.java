package io.gb.compare.text;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/** Writes names as users read them. */
public final class Names {

  private static final int FEW = 3;

  private Names() {}

  /**
   * {@return a constant's name in lower case: {@code few_samples}}
   *
   * @param constant any constant
   */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the first three names and the number of the others: {@code a; b; c and 5 more}}
   *
   * @param names at least one name
   */
  public static String few(List<String> names) {
    String first = names.stream().limit(FEW).collect(joining("; "));
    int more = names.size() - FEW;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
