package io.gb.leaks.junit;

import static java.util.stream.Collectors.toSet;

import io.gb.leaks.Census;
import io.gb.leaks.LeakReport;
import io.gb.leaks.SeenThread;
import io.gb.leaks.ThreadFilter;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks.Mode;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestInstances;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Implements {@link NoThreadLeaks}. It looks for leaks when JUnit closes what was stored for the
 * test or the class. Then other extensions have closed their resources, such as fields under
 * {@code @AutoClose}.
 */
final class NoThreadLeaksExtension
    implements BeforeAllCallback, TestInstancePreConstructCallback, BeforeEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(NoThreadLeaksExtension.class);

  /** The key of the census that began before the instance of the next test or class was made. */
  private static final String MADE = "made";

  /** A thread that JUnit starts with the first timeout, and keeps. */
  private static final String TIMEOUT_WATCHER = "junit-jupiter-timeout-watcher";

  /** Called by JUnit, by reflection. */
  NoThreadLeaksExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isFor(context, Scope.CLASS)) {
      begin(context, isPerMethod(context) ? Census.fromNow(ThreadFilter.none()) : begun(context));
    }
  }

  /** Begins a census, since threads that the constructor starts count too. */
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    Store store = context.getRoot().getStore(NAMESPACE);
    if (!isPerMethod(context)) {
      if (isFor(context, Scope.CLASS)) {
        store.put(MADE, Census.fromNow(ThreadFilter.none()));
      }
    } else if (isFor(context, Scope.TEST)) {
      // Of the instances that are made for a test, the outermost one is made first.
      boolean isOutermost =
          factory.getOuterInstance().isEmpty()
              || context.getParent().filter(parent -> !isPerMethod(parent)).isPresent();
      if (isOutermost || store.get(MADE) == null) {
        store.put(MADE, Census.fromNow(ThreadFilter.none()));
      }
    }
  }

  private static boolean isPerMethod(ExtensionContext context) {
    return context.getTestInstanceLifecycle().filter(Lifecycle.PER_METHOD::equals).isPresent();
  }

  /** The census that began before the instance was made, or one that begins now. */
  private static Census begun(ExtensionContext context) {
    @Nullable Census made = context.getRoot().getStore(NAMESPACE).remove(MADE, Census.class);
    return made == null ? Census.fromNow(ThreadFilter.none()) : made;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (isFor(context, Scope.TEST)) {
      begin(context, begun(context));
    } else if (AnnotationSupport.isAnnotated(context.getElement(), NoThreadLeaks.class)) {
      throw new ExtensionConfigurationException(
          "@NoThreadLeaks(scope = CLASS) on " + context.getDisplayName() + ": is for a class only");
    }
  }

  private static boolean isFor(ExtensionContext context, Scope scope) {
    return annotation(context).map(NoThreadLeaks::scope).filter(scope::equals).isPresent();
  }

  /** The annotation of the method, or else of its class or the nearest class around that. */
  private static Optional<NoThreadLeaks> annotation(ExtensionContext context) {
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      Optional<NoThreadLeaks> found =
          AnnotationSupport.findAnnotation(at.get().getElement(), NoThreadLeaks.class);
      if (found.isPresent()) {
        return found;
      }
      at = at.get().getParent();
    }
    return Optional.empty();
  }

  private static void begin(ExtensionContext context, Census fromThen) {
    NoThreadLeaks rules = annotation(context).orElseThrow();
    ThreadFilter ignores = ThreadFilter.system().andName(TIMEOUT_WATCHER);
    for (String name : rules.ignoreNames()) {
      ignores = ignores.andName(name);
    }
    for (String frame : rules.ignoreFrames()) {
      ignores = ignores.andAnyFrame(frame);
    }
    for (String creator : rules.ignoreCreators()) {
      ignores = ignores.andCreator(creator);
    }
    Census census = fromThen.ignoring(ignores);
    context.getStore(NAMESPACE).put(Watch.class, new Watch(context, census, new HashSet<>()));
  }

  /**
   * Looks for leaks when JUnit closes it, at the end of the test or the class. JUnit before 5.13
   * closes only values of its own type.
   *
   * @param reported the threads for which a nested class or one of its tests has failed already
   */
  @SuppressWarnings("deprecation")
  private record Watch(ExtensionContext context, Census census, Set<Long> reported)
      implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    @Override
    public void close() throws IOException {
      end(context, census, reported);
    }
  }

  private static void end(ExtensionContext context, Census census, Set<Long> reported)
      throws IOException {
    NoThreadLeaks rules = annotation(context).orElseThrow();
    List<SeenThread> left =
        census.survivors(Duration.ofMillis(rules.lingerMillis())).stream()
            .filter(thread -> !reported.contains(thread.id()))
            .toList();
    if (left.isEmpty()) {
      return;
    }
    LeakReport report =
        rules.mode() == Mode.CENSUS
            ? null
            : ThreadLeaks.prove(over(context)).byDesign(byDesign(rules));
    if (report != null) {
      Set<Long> meant = ids(report.with(Verdict.BY_DESIGN), ThreadFinding::id);
      // The proof collects garbage, which ends the threads of unreachable pools, for example.
      Set<Long> alive = ids(census.survivors(Duration.ZERO), SeenThread::id);
      left =
          left.stream()
              .filter(thread -> alive.contains(thread.id()) && !meant.contains(thread.id()))
              .toList();
    }
    Set<Long> leftIds = ids(left, SeenThread::id);
    List<ThreadFinding> findings =
        report == null
            ? List.of()
            : report.threads().stream().filter(thread -> leftIds.contains(thread.id())).toList();
    if (rules.mode() == Mode.PROOF) {
      left = left.stream().filter(thread -> isLeakedOrUndecided(thread, findings)).toList();
    }
    if (!left.isEmpty()) {
      reportToEnclosing(context, leftIds);
      throw new AssertionError(
          LeakMessage.of(context.getDisplayName(), rules.mode(), left, findings, report));
    }
  }

  /** A thread of which the proof says nothing is undecided. */
  private static boolean isLeakedOrUndecided(SeenThread thread, List<ThreadFinding> findings) {
    return findings.stream()
        .filter(finding -> finding.id() == thread.id())
        .map(ThreadFinding::verdict)
        .allMatch(verdict -> verdict.isForEver() || verdict == Verdict.UNKNOWN);
  }

  private static void reportToEnclosing(ExtensionContext context, Set<Long> threads) {
    Optional<ExtensionContext> around = context.getParent();
    while (around.isPresent()) {
      Watch watch = around.get().getStore(NAMESPACE).get(Watch.class, Watch.class);
      if (watch != null) {
        watch.reported().addAll(threads);
      }
      around = around.get().getParent();
    }
  }

  private static ThreadFilter byDesign(NoThreadLeaks rules) {
    ThreadFilter declared = ThreadFilter.none();
    for (String name : rules.byDesign()) {
      declared = declared.andName(name);
    }
    return declared;
  }

  private static <T> Set<Long> ids(List<T> threads, Function<T, Long> id) {
    return threads.stream().map(id).collect(toSet());
  }

  /** The instances that belong to no enclosing context: nothing uses them again. */
  private static List<?> over(ExtensionContext context) {
    Set<Object> over = Collections.newSetFromMap(new IdentityHashMap<>());
    over.addAll(instances(context));
    Optional<ExtensionContext> around = context.getParent();
    while (around.isPresent()) {
      instances(around.get()).forEach(over::remove);
      around = around.get().getParent();
    }
    return List.copyOf(over);
  }

  private static List<Object> instances(ExtensionContext context) {
    return context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of());
  }
}
