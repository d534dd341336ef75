package io.gb.leaks.proof;

import java.util.List;

/**
 * What the caller of a proof declares to be over: objects whose fields nobody reads again, such as
 * the instance of a test that has run. They are named in a static field, which a heap dump shows.
 */
public final class DeadScope {

  static final String FIELD = "objects";

  private static volatile Object[] objects = {};

  private DeadScope() {}

  /**
   * Declares it for all dumps of this JVM until the next call.
   *
   * @param over the objects; only their own fields are meant, not what those refer to
   */
  public static void declare(List<?> over) {
    objects = over.toArray();
  }

  /** Whether anything is declared. */
  public static boolean isDeclared() {
    return objects.length > 0;
  }
}
