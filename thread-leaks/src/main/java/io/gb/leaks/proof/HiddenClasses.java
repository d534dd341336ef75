package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the hidden classes that a program has defined itself. Such a class may be given an object
 * when it is defined, its class data, and a dump does not show that.
 */
final class HiddenClasses {

  private static final Pattern HIDDEN = Pattern.compile(".*[+/.]0x[0-9a-f]+");

  /**
   * Those that the JDK makes for the code of a program. It gives them method handles without bound
   * arguments, texts and classes. A program may give such a name to a class of its own, which
   * {@link Assumption#A2} rules out.
   */
  private static final Pattern OF_JDK =
      Pattern.compile(
          ".*\\$\\$(Lambda(\\$[0-9]+)?|TypeSwitch|StringConcat|InjectedInvoker)[+/.]0x[0-9a-f]+");

  private HiddenClasses() {}

  /** The name of one, or null if there is none. */
  static @Nullable String ofProgram(HeapDump dump) {
    return dump.classes().stream()
        .filter(c -> c.loaderId() != 0)
        .map(ClassInfo::name)
        .filter(HiddenClasses::isOfProgram)
        .findFirst()
        .orElse(null);
  }

  /** Whether a class with that name, as a dump has it, is hidden and none of the JDK's. */
  static boolean isOfProgram(String name) {
    return HIDDEN.matcher(name).matches() && !OF_JDK.matcher(name).matches();
  }
}
