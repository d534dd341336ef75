package io.gb.leaks.junit;

import io.gb.leaks.Census;
import io.gb.leaks.Ignores;
import io.gb.leaks.LeakReport;
import io.gb.leaks.SeenThread;
import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.junit.NoThreadLeaks.Mode;
import io.gb.leaks.junit.NoThreadLeaks.Scope;
import io.gb.leaks.proof.ThreadFinding;
import io.gb.leaks.proof.Verdict;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestInstances;

/**
 * What {@link NoThreadLeaks} does. It looks for leaks when JUnit closes what was stored for the
 * test or the class: then other extensions have closed what they closed for it, such as fields
 * under {@code @AutoClose}.
 */
final class NoThreadLeaksExtension implements BeforeAllCallback, BeforeEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(NoThreadLeaksExtension.class);

  /** JUnit starts it with the first timeout, and keeps it. */
  private static final String TIMEOUT_WATCHER = "junit-jupiter-timeout-watcher";

  /** JUnit makes an instance by reflection. */
  NoThreadLeaksExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isFor(context, Scope.CLASS)) {
      begin(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (isFor(context, Scope.TEST)) {
      begin(context);
    }
  }

  private static boolean isFor(ExtensionContext context, Scope scope) {
    return annotation(context).map(NoThreadLeaks::scope).filter(scope::equals).isPresent();
  }

  /** That of the method, or else of its class or the nearest one around it. */
  private static Optional<NoThreadLeaks> annotation(ExtensionContext context) {
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      @Nullable AnnotatedElement element = at.get().getElement().orElse(null);
      NoThreadLeaks found = element == null ? null : element.getAnnotation(NoThreadLeaks.class);
      if (found != null) {
        return Optional.of(found);
      }
      at = at.get().getParent();
    }
    return Optional.empty();
  }

  private static void begin(ExtensionContext context) {
    NoThreadLeaks rules = annotation(context).orElseThrow();
    Ignores ignores = Ignores.system().andName(TIMEOUT_WATCHER);
    for (String name : rules.ignoreNames()) {
      ignores = ignores.andName(name);
    }
    for (String frame : rules.ignoreFrames()) {
      ignores = ignores.andAnyFrame(frame);
    }
    for (String creator : rules.ignoreCreators()) {
      ignores = ignores.andCreator(creator);
    }
    Census census = Census.fromNow(ignores);
    context.getStore(NAMESPACE).put(Watch.class, new Watch(context, census));
  }

  /** JUnit closes it at the end of the test or the class; before 5.13, it asks for its own type. */
  @SuppressWarnings("deprecation")
  private record Watch(ExtensionContext context, Census census)
      implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    @Override
    public void close() throws IOException {
      end(context, census);
    }
  }

  private static void end(ExtensionContext context, Census census) throws IOException {
    NoThreadLeaks rules = annotation(context).orElseThrow();
    List<SeenThread> left = census.survivors(Duration.ofMillis(rules.lingerMillis()));
    if (left.isEmpty()) {
      return;
    }
    LeakReport report =
        rules.mode() == Mode.CENSUS
            ? null
            : ThreadLeaks.prove(over(context)).byDesign(byDesign(rules));
    if (report != null) {
      Set<Long> meant = ids(report.with(Verdict.BY_DESIGN));
      left = left.stream().filter(thread -> !meant.contains(thread.id())).toList();
    }
    Set<Long> leftIds = new HashSet<>();
    left.forEach(thread -> leftIds.add(thread.id()));
    List<ThreadFinding> proven =
        report == null
            ? List.of()
            : report.proven().stream().filter(thread -> leftIds.contains(thread.id())).toList();
    if (rules.mode() == Mode.PROOF ? !proven.isEmpty() : !left.isEmpty()) {
      throw new AssertionError(
          LeakMessage.of(context.getDisplayName(), rules.mode(), left, proven, report));
    }
  }

  private static Ignores byDesign(NoThreadLeaks rules) {
    Ignores declared = Ignores.none();
    for (String name : rules.byDesign()) {
      declared = declared.andName(name);
    }
    return declared;
  }

  private static Set<Long> ids(List<ThreadFinding> threads) {
    Set<Long> ids = new HashSet<>();
    threads.forEach(thread -> ids.add(thread.id()));
    return ids;
  }

  /** The instances that no context around this one has: nothing uses those again. */
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
