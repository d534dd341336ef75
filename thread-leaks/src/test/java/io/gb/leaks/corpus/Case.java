package io.gb.leaks.corpus;

/**
 * One program.
 *
 * @param name its name
 * @param play builds it on a stage; what it does not store elsewhere is out of reach afterwards
 */
public record Case(String name, Play play) {

  /** Builds a program. */
  @FunctionalInterface
  public interface Play {

    /** Starts the threads. */
    void on(Stage stage) throws Exception;
  }
}
