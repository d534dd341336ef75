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
 * Fails a test that leaves threads behind. On a class it holds for each of its tests, or for all of
 * them together; on a method, for that one. What an instance starts when it is made counts for the
 * test or the class that it is made for; what {@code @BeforeAll} starts, and the instance that all
 * tests of a class share, only if the scope is the class. A test that has failed by itself gets the
 * leak as a suppressed exception. Threads that an earlier test left are not blamed on a later one.
 *
 * <p>Threads of the JDK itself do not count; they are told by their names and groups, so neither do
 * those that call themselves {@code RMI ...} or {@code JFR ...}, nor that of {@code
 * Cleaner.create()}. See {@link io.gb.leaks.ThreadFilter#system}.
 *
 * <p>Threads do not say which test has started them. So where tests run in parallel, JUnit runs
 * those under this annotation alone: it takes the global resource lock.
 *
 * <p>Compiled code can hide references from a proof, which then leaves its verdict open, so give
 * the JVM of the tests {@code -XX:-EliminateAllocations}. A census needs no such thing.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ResourceLock(Resources.GLOBAL)
@ExtendWith(NoThreadLeaksExtension.class)
public @interface NoThreadLeaks {

  /** When it is looked for leaks. */
  enum Scope {
    /** After each test, when its {@code @AfterEach} methods have run. */
    TEST,
    /** After the last test of the class. */
    CLASS
  }

  /** What counts as a leak. */
  enum Mode {
    /** A thread that has come and is still there after the linger time. */
    CENSUS,
    /** A thread that has come and can never run again, proven from a heap dump. */
    PROOF,
    /** Either. */
    BOTH
  }

  /** When it is looked for leaks. */
  Scope scope() default Scope.TEST;

  /** What counts as a leak. */
  Mode mode() default Mode.BOTH;

  /** How long threads may take to end, in milliseconds. */
  long lingerMillis() default 1000;

  /** Regular expressions for whole names of threads that are not leaks. */
  String[] ignoreNames() default {};

  /** Methods, {@code package.Class.method}; threads that have one on their stack are not leaks. */
  String[] ignoreFrames() default {};

  /**
   * Methods, {@code package.Class.method}; threads whose task is written in one are not leaks. See
   * {@link io.gb.leaks.ThreadFilter#creators}.
   */
  String[] ignoreCreators() default {};

  /**
   * Regular expressions for whole names of threads that are meant to wait for ever. They are no
   * leaks if it is proven that they do; what is left of such a name and could run again is one. A
   * mode without a proof knows no difference, so it passes over none of them.
   */
  String[] byDesign() default {};
}
