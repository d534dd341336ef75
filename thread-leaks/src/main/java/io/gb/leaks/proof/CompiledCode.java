package io.gb.leaks.proof;

import io.gb.leaks.dump.Frame;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which methods of a JVM were compiled when its heap was dumped, and how. A frame of compiled code
 * may hold references that a dump does not show; an interpreted frame does so only in the cases of
 * {@code PendingCalls}. Immutable.
 */
public final class CompiledCode {

  /** {@code 1875 4 1 X.main([Ljava/lang/String;)V [0x00007fd8…, 0x00007fd8… - 0x00007fd8…]}. */
  private static final Pattern METHOD = Pattern.compile("\\s*[0-9]+ ([0-9]) -?[0-9]+ (.*) \\[0x.*");

  private static final Pattern SWITCHED_ON =
      Pattern.compile("\\s*bool (\\w+)\\s*:?= true\\b.*", Pattern.MULTILINE);

  private static final Pattern MAX_HEAP =
      Pattern.compile("\\s*size_t MaxHeapSize\\s*:?= ([0-9]+)\\b.*", Pattern.MULTILINE);

  private static final Pattern FOREIGN = Pattern.compile("(?:[^ -~]|\\?)+");

  /** The tier of the compilers that replace objects by their fields. */
  private static final char OPTIMIZED = '4';

  private static final char NATIVE_WRAPPER = '0';

  private static final CompiledCode UNKNOWN =
      new CompiledCode(false, true, false, 0, Set.of(), Set.of());

  private final boolean known;
  private final boolean takesObjectsApart;
  private final boolean byGraal;
  private final long maxHeapBytes;
  private final Set<String> compiled;
  private final Set<String> optimized;

  private CompiledCode(
      boolean known,
      boolean takesObjectsApart,
      boolean byGraal,
      long maxHeapBytes,
      Set<String> compiled,
      Set<String> optimized) {
    this.known = known;
    this.takesObjectsApart = takesObjectsApart;
    this.byGraal = byGraal;
    this.maxHeapBytes = maxHeapBytes;
    this.compiled = Set.copyOf(compiled);
    this.optimized = Set.copyOf(optimized);
  }

  /** {@return the value where only a dump is known, and not which methods were compiled} */
  public static CompiledCode unknown() {
    return UNKNOWN;
  }

  /**
   * Reads what a JVM says about itself. Ask it both before a dump and after it, and join the
   * answers by {@link #and}.
   *
   * @param flags the answer to the diagnostic command {@code VM.flags -all}
   * @param codeList the answer to {@code Compiler.codelist}
   * @return what the answers say; {@link #unknown()} if this class does not understand them
   */
  public static CompiledCode parse(String flags, String codeList) {
    Set<String> on = new HashSet<>();
    Matcher flag = SWITCHED_ON.matcher(flags);
    while (flag.find()) {
      on.add(flag.group(1));
    }
    Set<String> compiled = new HashSet<>();
    Set<String> optimized = new HashSet<>();
    for (String line : codeList.lines().toList()) {
      Matcher method = METHOD.matcher(line);
      if (method.matches()) {
        char tier = method.group(1).charAt(0);
        if (tier != NATIVE_WRAPPER) {
          compiled.add(key(method.group(2)));
        }
        if (tier == OPTIMIZED) {
          optimized.add(key(method.group(2)));
        }
      } else if (!line.isBlank() && !line.matches("[0-9]+:")) { // jcmd prints the process id first
        return UNKNOWN;
      }
    }
    if (on.isEmpty()) {
      return UNKNOWN;
    }
    // Graal replaces objects by their fields whatever the flags of C2 say.
    boolean graal = on.contains("UseJVMCICompiler");
    boolean apart =
        graal || (on.contains("DoEscapeAnalysis") && on.contains("EliminateAllocations"));
    Matcher max = MAX_HEAP.matcher(flags);
    long maxHeap = max.find() ? Long.parseLong(max.group(1)) : 0;
    return new CompiledCode(true, apart, graal, maxHeap, compiled, optimized);
  }

  /**
   * {@return what was compiled at one or both of two moments}
   *
   * @param other the methods compiled at the other moment
   */
  public CompiledCode and(CompiledCode other) {
    if (!known || !other.known) {
      return UNKNOWN;
    }
    return new CompiledCode(
        true,
        takesObjectsApart || other.takesObjectsApart,
        byGraal || other.byGraal,
        Math.min(maxHeapBytes, other.maxHeapBytes),
        union(compiled, other.compiled),
        union(optimized, other.optimized));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  boolean isKnown() {
    return known;
  }

  /** {@return whether compiled code may keep objects where no dump shows them} */
  public boolean takesObjectsApart() {
    return takesObjectsApart;
  }

  /**
   * Whether an escape barrier puts all objects back that compiled code has taken apart. If the heap
   * is full it cannot, and does not say so. Graal's code was not examined.
   *
   * @param liveBytes the size of all live objects
   */
  boolean isShownByBarrier(long liveBytes) {
    return !byGraal && liveBytes / 7 < maxHeapBytes / 8;
  }

  /** Whether the frame may be of compiled code. */
  boolean isCompiled(Frame frame) {
    return !frame.isNative() && (!known || compiled.contains(key(frame)));
  }

  /** Whether the frame may be of code in which objects were replaced by their fields. */
  boolean isTakenApart(Frame frame) {
    return takesObjectsApart && !frame.isNative() && (!known || optimized.contains(key(frame)));
  }

  private static String key(Frame frame) {
    return key(frame.className() + "." + frame.method() + frame.signature());
  }

  /**
   * One spelling for both sources: they write hidden classes as {@code A+0x1} and {@code A/0x1},
   * and the answer of jcmd may have lost letters to the encoding of its output.
   */
  private static String key(String method) {
    return FOREIGN.matcher(method.replace('/', '.').replace('+', '.')).replaceAll("?");
  }
}
