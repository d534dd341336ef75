package io.gb.leaks.corpus;

import java.lang.ref.Cleaner;

/** The cleaner of the corpus. */
final class Cleaning {

  static final Cleaner CLEANER = Cleaner.create();

  private Cleaning() {}
}
