package io.gb.cli;

/** What the compiler needs to know of Main for {@link Start}; not part of the jar. */
public final class Main {

  private Main() {}

  public static native void main(String[] args);
}
