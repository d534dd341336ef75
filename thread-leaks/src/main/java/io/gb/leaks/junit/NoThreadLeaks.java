package io.gb.leaks.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Fails a test that leaves threads behind. On a class, it holds for each of its tests, or for all
 * of them together; on a method, for that test. Threads that the constructor of a test class starts
 * count for the test or the class for which the instance is made. Threads that {@code @BeforeAll}
 * starts, or the constructor of an instance that all tests of a class share, count only if the
 * scope is the class. If a test has failed by itself, the leak is a suppressed exception of that
 * failure. Threads that an earlier test has left do not fail a later one.
 *
 * <p>Threads of the JDK itself do not count. They are recognised by their names and thread groups,
 * so threads of a program that are named {@code RMI ...} or {@code JFR ...} do not count either,
 * nor does that of {@code Cleaner.create()}. See {@link io.gb.leaks.ThreadFilter#system}.
 *
 * <p>No thread records which test has started it. So if tests run in parallel, JUnit runs those
 * with this annotation alone: it takes the global resource lock.
 *
 * <p>Optimized code can hide references from a proof. From JDK 22 on, the proof makes platform
 * threads at rest show them; the JVM warns of that unless it runs with {@code
 * --enable-native-access=ALL-UNNAMED}. Where something may stay hidden, a leak is probable, which
 * fails a test as well; {@code -XX:-EliminateAllocations} rules it out. If the proof cannot decide
 * on a thread at all, the test fails too, and the message says why.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ResourceLock(Resources.GLOBAL)
@ExtendWith(NoThreadLeaksExtension.class)
public @interface NoThreadLeaks {

  /** When leaks are looked for. */
  enum Scope {
    /** After each test, when its {@code @AfterEach} methods have run. */
    TEST,
    /** After the last test of the class. */
    CLASS
  }

  /** What counts as a leak. */
  enum Mode {
    /** A new thread that is still alive after the linger time. */
    CENSUS,
    /**
     * A new thread that can never run again, or probably not, as a heap dump proves, or one on
     * which the proof cannot decide.
     */
    PROOF,
    /** Either of these. */
    BOTH
  }

  /** {@return when leaks are looked for} */
  Scope scope() default Scope.TEST;

  /** {@return what counts as a leak} */
  Mode mode() default Mode.BOTH;

  /** {@return how long threads may take to end, in milliseconds} */
  long lingerMillis() default 1000;

  /** {@return regular expressions for whole names of threads that are not leaks} */
  String[] ignoreNames() default {};

  /**
   * {@return methods, {@code package.Class.method}; threads that have one on their stack are not
   * leaks}
   */
  String[] ignoreFrames() default {};

  /**
   * {@return methods, {@code package.Class.method}; threads whose task is written in one are not
   * leaks} See {@link io.gb.leaks.ThreadFilter#creators}.
   */
  String[] ignoreCreators() default {};

  /**
   * {@return regular expressions for whole names of threads that are meant to wait for ever} Such a
   * thread is no leak if it is proven to do so; if it could run again, it is one. The mode {@link
   * Mode#CENSUS} proves nothing, so it ignores no thread for this.
   */
  String[] byDesign() default {};
}
