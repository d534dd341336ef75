package io.gb.leaks.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a proof declares to be over: objects whose fields nobody reads again, such as
 * the instance of a test that has run. Static fields refer to them, which a heap dump of this JVM
 * shows. The declaration is made for the thread that declares: another thread that reaches such an
 * object from its stack may well use it.
 */
@SuppressWarnings("unused") // The fields are read from the dump.
public final class DeadScope {

  static final String OBJECTS = "objects";
  static final String DECLARER = "declarer";

  private static volatile Object[] objects = {};
  private static volatile @Nullable Thread declarer;

  private DeadScope() {}

  /**
   * Declares objects over in all dumps of this JVM until the next call.
   *
   * @param over the objects; only their own fields are meant, not those of objects that they refer
   *     to. Empty if nothing is over
   */
  public static void declare(List<?> over) {
    objects = over.toArray();
    declarer = over.isEmpty() ? null : Thread.currentThread();
  }
}
