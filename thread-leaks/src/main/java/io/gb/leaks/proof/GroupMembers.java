package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.Frame;
import io.gb.leaks.dump.HeapDump;
import io.gb.leaks.dump.LongList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which threads a thread group can enumerate. Since JDK 19, a group asks the JVM for all
 * threads and selects its own, so the heap has no reference from a group to its threads.
 */
final class GroupMembers {

  private static final String CLASS = "java.lang.ThreadGroup";

  private final Set<Integer> ofJvm;
  private final Map<Integer, IntList> members = new HashMap<>();

  GroupMembers(HeapDump dump, List<ThreadNode> threads) {
    ofJvm = ofJvm(dump);
    Set<Integer> known = new HashSet<>();
    for (ThreadNode thread : threads) {
      int member = thread.object;
      int group = groupOf(dump, member);
      boolean isNew = true;
      while (group >= 0 && isNew) {
        members.computeIfAbsent(group, g -> new IntList()).add(member);
        isNew = known.add(group);
        member = group;
        group = dump.follow(group, "parent");
      }
    }
  }

  /**
   * The groups {@code system} and {@code main}, which the JVM itself holds, and those that the JDK
   * keeps for its own threads: virtual threads, carriers and the like, to which the threads belong
   * that these start. If native code holds further groups, the dump does not show which of them is
   * {@code main}; then none counts as it.
   */
  private static Set<Integer> ofJvm(HeapDump dump) {
    Set<Integer> tops = new HashSet<>();
    Set<Integer> below = new HashSet<>();
    LongList roots = dump.globalRoots();
    for (int i = 0; i < roots.size(); i++) {
      int root = dump.find(roots.get(i));
      ClassInfo c = root >= 0 && dump.isInstance(root) ? dump.classOf(root) : null;
      if (c != null && c.isA(CLASS)) {
        (dump.follow(root, "parent") < 0 ? tops : below).add(root);
      }
    }
    if (below.size() == 1) {
      tops.addAll(below);
    }
    for (ClassInfo c : dump.classes()) {
      boolean ofJdk = c.loaderId() == 0 && Frame.isOfJdk(c.name());
      for (ClassInfo.Field field : ofJdk ? c.statics() : List.<ClassInfo.Field>of()) {
        int group = field.isReference() ? dump.find(dump.reference(field.at())) : -1;
        ClassInfo type = group >= 0 && dump.isInstance(group) ? dump.classOf(group) : null;
        if (type != null && type.isA(CLASS)) {
          tops.add(group);
        }
      }
    }
    return tops;
  }

  /** The group of a thread, or -1 for ended and virtual threads, which have none in a field. */
  static int groupOf(HeapDump dump, int thread) {
    int holder = dump.follow(thread, "holder");
    return dump.follow(holder >= 0 ? holder : thread, "group");
  }

  /**
   * Whether the JVM or the JDK itself holds the group: that nobody enumerates it is assumption A1.
   */
  boolean isOfJvm(int group) {
    return ofJvm.contains(group);
  }

  /** The threads of a group, and its subgroups in which there are threads. */
  IntList members(int group) {
    return members.getOrDefault(group, new IntList());
  }
}
