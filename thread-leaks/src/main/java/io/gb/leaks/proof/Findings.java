package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.Frame;
import io.gb.leaks.dump.HeapDump;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes in words what was found out about threads. */
final class Findings {

  private static final int PATH = 40;

  private final HeapDump dump;

  /** Many threads have the same frames and stacks: each text is kept once. */
  private final Map<Frame, String> texts = new HashMap<>();

  private final Map<List<String>, List<String>> stacks = new HashMap<>();

  Findings(HeapDump dump) {
    this.dump = dump;
  }

  /**
   * The finding for a thread, without what the thread retains.
   *
   * @param doubt why nothing could be proven, or null
   * @param path who could wake the thread, one step each
   */
  ThreadFinding of(ThreadNode thread, Verdict verdict, @Nullable String doubt, List<String> path) {
    return new ThreadFinding(
        name(thread),
        id(thread),
        thread.virtual,
        thread.virtual || isDaemon(thread.object),
        thread.state,
        verdict,
        reason(thread, verdict, doubt),
        thread.blocker < 0 ? "" : dump.typeName(thread.blocker),
        0,
        0,
        stack(thread),
        path);
  }

  private List<String> stack(ThreadNode thread) {
    List<String> stack =
        dump.frames(thread.record).stream()
            .map(frame -> texts.computeIfAbsent(frame, Frame::toString))
            .toList();
    return stacks.computeIfAbsent(stack, known -> known);
  }

  /** The thread's {@link Thread#getId()}. */
  long id(ThreadNode thread) {
    return dump.number(thread.object, "tid", -1);
  }

  private String name(ThreadNode thread) {
    return dump.text(dump.follow(thread.object, "name"));
  }

  private boolean isDaemon(int thread) {
    int holder = dump.follow(thread, "holder");
    return dump.number(holder >= 0 ? holder : thread, "daemon", 0) != 0;
  }

  /** How a sentence refers to a thread. */
  String label(ThreadNode thread) {
    String name = name(thread);
    return name.isEmpty() ? "virtual thread #" + id(thread) : "\"" + name + "\"";
  }

  private String ownerOf(ThreadNode thread) {
    return thread.owner == null ? "?" : label(thread.owner);
  }

  private String reason(ThreadNode thread, Verdict verdict, @Nullable String doubt) {
    if (thread.rider != null && verdict.isForEver()) {
      return "carries " + label(thread.rider) + ", which is leaked";
    }
    return switch (verdict) {
      case LEAKED ->
          switch (thread.waiting) {
            case ENTRANCE -> "the owner of the monitor, " + ownerOf(thread) + ", never runs again";
            case MONITOR -> "nothing that can run reaches the monitor or the thread";
            default -> "nothing that can run reaches the thread, so nothing can unpark it";
          };
      case LEAKED_UNLESS_INTERRUPTED ->
          "only the interrupt of a thread could end it, its own or that of another, or who asks"
              + " LockSupport.getBlocker for what it waits for";
      case PROBABLY_LEAKED -> "nothing that the dump shows can wake it, but " + doubt;
      case UNKNOWN ->
          thread.isBlocked()
              ? doubt == null ? "the dump does not show who owns the monitor" : doubt
              : thread.note;
      case LIVE -> thread.isBlocked() ? "something that can run reaches it" : thread.note;
      default -> thread.note;
    };
  }

  /** Who could wake a live thread that waits, from a GC root to the thread, one step each. */
  List<String> path(ThreadNode thread, Marking marking) {
    if (!thread.isBlocked()) {
      return List.of();
    }
    if (thread.owner != null) {
      return List.of("the owner of the monitor, " + ownerOf(thread) + ", can run");
    }
    List<String> steps = new ArrayList<>();
    IntList objects = marking.path(thread.object, PATH);
    int first = objects.get(objects.size() - 1);
    ThreadNode holder = marking.stackAbove(first);
    if (holder != null) {
      steps.add("thread " + label(holder) + " (" + holder.state + ")");
    }
    for (int i = objects.size() - 1; i >= 0; i--) {
      int next = i == 0 ? -1 : objects.get(i - 1);
      steps.add(step(objects.get(i), next));
    }
    return steps;
  }

  /** Describes an object, and the field that refers to the next one; next is -1 at the end. */
  private String step(int object, int next) {
    ClassInfo mirror = dump.classById(dump.id(object));
    if (mirror != null) {
      for (ClassInfo.Field field : mirror.statics()) {
        if (next >= 0 && field.isReference() && dump.reference(field.at()) == dump.id(next)) {
          return "static " + mirror.name() + "." + field.name();
        }
      }
      return "class " + mirror.name();
    }
    ClassInfo c = dump.isInstance(object) ? dump.classOf(object) : null;
    if (c != null && next >= 0) {
      for (ClassInfo.Field field : c.fields()) {
        if (field.isReference()
            && dump.reference(dump.data(object) + field.at()) == dump.id(next)) {
          return c.name() + "." + field.name();
        }
      }
    }
    return dump.typeName(object);
  }
}
