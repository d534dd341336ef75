package io.gb.leaks.proof;

import io.gb.leaks.dump.ClassInfo;
import io.gb.leaks.dump.HeapDump;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the hidden classes that a program has defined itself. A hidden class may be given an object
 * when it is defined, its class data, which no dump shows.
 */
final class HiddenClasses {

  private static final Pattern HIDDEN = Pattern.compile(".*[+/.]0x[0-9a-f]+");

  /**
   * The hidden classes that the JDK makes for the code of a program. Their class data are only
   * method handles without bound arguments, texts and classes. That no program gives such a name to
   * a hidden class of its own is {@link Assumption#A2}.
   */
  private static final Pattern OF_JDK =
      Pattern.compile(
          ".*\\$\\$(Lambda(\\$[0-9]+)?|TypeSwitch|StringConcat|InjectedInvoker)[+/.]0x[0-9a-f]+");

  private HiddenClasses() {}

  /** The name of such a class, or null if there is none. */
  static @Nullable String ofProgram(HeapDump dump) {
    return dump.classes().stream()
        .filter(c -> c.loaderId() != 0)
        .map(ClassInfo::name)
        .filter(HiddenClasses::isOfProgram)
        .findFirst()
        .orElse(null);
  }

  /** Whether the name, as a dump has it, is that of a hidden class that the JDK has not made. */
  static boolean isOfProgram(String name) {
    return HIDDEN.matcher(name).matches() && !OF_JDK.matcher(name).matches();
  }
}
