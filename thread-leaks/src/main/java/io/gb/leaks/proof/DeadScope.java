package io.gb.leaks.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a proof declares to be over: objects whose fields nobody reads again, such as
 * the instance of a test that has run. They are named in a static field, which a heap dump shows.
 * The declaration is about those who have run the scope: another thread that gets at such an object
 * from its stack may well use it.
 */
public final class DeadScope {

  static final String OBJECTS = "objects";
  static final String DECLARER = "declarer";

  private static volatile Object[] objects = {};

  @SuppressWarnings("unused") // Read from the dump.
  private static volatile @Nullable Thread declarer;

  private DeadScope() {}

  /**
   * Declares it for all dumps of this JVM until the next call.
   *
   * @param over the objects; only their own fields are meant, not what those refer to
   */
  public static void declare(List<?> over) {
    objects = over.toArray();
    declarer = over.isEmpty() ? null : Thread.currentThread();
  }

  /** Whether anything is declared. */
  public static boolean isDeclared() {
    return objects.length > 0;
  }
}
