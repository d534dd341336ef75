package io.gb.leaks.corpus;

/**
 * One program.
 *
 * @param name its name
 * @param play builds it on a stage; what it does not store elsewhere is out of reach afterwards
 * @param since the first Java version that has what it needs
 */
public record Case(String name, Play play, int since) {

  /** A program for each Java version that the library runs on. */
  Case(String name, Play play) {
    this(name, play, 17);
  }

  /** Builds a program. */
  @FunctionalInterface
  public interface Play {

    /** Starts the threads. */
    void on(Stage stage) throws Exception;
  }
}
