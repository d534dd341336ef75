package io.gb.leaks.proof;

/** Reads version strings of Java. */
final class Versions {

  private Versions() {}

  /** The feature number, 25 for {@code 25.0.1}; 0 if there is none. */
  static int feature(String version) {
    int end = 0;
    while (end < version.length() && Character.isDigit(version.charAt(end)) && end < 4) {
      end++;
    }
    return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
  }
}
