package io.gb.cli;

/**
 * The main class of the jar: starts gb, or says which Java it needs. Compiled for Java 8, because a
 * JVM that is too old cannot load any other class of gb.
 */
public final class Start {

  private static final int LEAST_JAVA = 25;

  private Start() {}

  /**
   * Runs the command and exits with its code; exits with 1 if this Java is too old.
   *
   * @param args the arguments as typed
   */
  public static void main(String[] args) {
    String version = System.getProperty("java.specification.version");
    if (version.startsWith("1.") || Integer.parseInt(version) < LEAST_JAVA) {
      System.err.println(
          "gb: needs Java "
              + LEAST_JAVA
              + " or newer; this is Java "
              + version
              + ", "
              + System.getProperty("java.home"));
      System.exit(1);
    }
    Main.main(args);
  }
}
