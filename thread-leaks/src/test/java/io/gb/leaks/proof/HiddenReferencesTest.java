package io.gb.leaks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.leaks.dump.Frame;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which frames may hide something, and that those which are said not to have nothing to hide. */
class HiddenReferencesTest {

  private static final String ON =
      """
      41:
           bool DoEscapeAnalysis                         = true       {C2 product} {default}
           bool EliminateAllocations                     = true       {C2 product} {default}
           bool UseJVMCICompiler                         = false      {JVMCI product} {default}
      """;

  private static final Frame PARK = frame("jdk.internal.misc.Unsafe", "park", true);
  private static final Frame TAKE =
      frame("java.util.concurrent.LinkedBlockingQueue", "take", false);
  private static final Frame WORK = frame("a.B$$Lambda+0x1f", "work", false);
  private static final Frame MAIN = frame("a.B", "main", false);
  private static final List<Frame> STACK = List.of(PARK, TAKE, WORK, MAIN);

  private static Frame frame(String className, String method, boolean nativeCode) {
    return new Frame(className, method, "(Ljava/lang/Object;)V", "B.java", nativeCode ? -3 : 7);
  }

  private static String line(int tier, String method) {
    return "1875 %d 0 %s(Ljava/lang/Object;)V [0x07, 0x08 - 0x09]\n".formatted(tier, method);
  }

  private static HiddenReferences hidden(String flags, int feature, String... lines) {
    return new HiddenReferences(
        CompiledCode.parse(flags, String.join("", lines)), Set.of(), feature);
  }

  @Test
  void aFrameOfOptimizedCodeAndAllAboveItAreSuspect() {
    HiddenReferences hidden = hidden(ON, 25, line(4, "a.B$$Lambda/0x1f.work"));

    assertThat(hidden.suspect(false, STACK)).isEqualTo(WORK);
    assertThat(hidden.suspect(false, List.of(PARK, TAKE, MAIN))).isNull();
  }

  @Test
  void framesOfTheFirstTiersAreSuspectInThreadsThatRunOnly() {
    HiddenReferences hidden = hidden(ON, 25, line(3, "a.B.main"), line(0, "a.B.main"));

    assertThat(hidden.suspect(false, STACK)).isNull();
    assertThat(hidden.suspect(true, STACK)).as("its top frame is native: it waits").isNull();
    assertThat(hidden.suspect(true, List.of(WORK, MAIN))).isEqualTo(MAIN);
    assertThat(hidden.suspect(true, List.of(WORK))).isNull();
  }

  @Test
  void idleFramesOfTheJdkAreNotSuspectUnlessOthersMayBeInlinedThere() {
    String take = line(4, "java.util.concurrent.LinkedBlockingQueue.take");

    assertThat(hidden(ON, 25, take).suspect(false, STACK)).isNull();
    assertThat(hidden(ON, 26, take).suspect(false, STACK)).as("nobody read its code").isNotNull();
    assertThat(hidden(ON, 25, take).suspect(false, List.of(PARK, WORK, TAKE))).isEqualTo(TAKE);
  }

  @Test
  void nothingIsTakenApartWithoutTheFlagsButByGraal() {
    String main = line(4, "a.B.main");
    String off = ON.replaceFirst("true ", "false");

    assertThat(hidden(ON, 25, main).suspect(false, STACK)).isEqualTo(MAIN);
    assertThat(hidden(off, 25, main).suspect(false, STACK)).isNull();
    assertThat(hidden(off.replace("= false  ", "= true   "), 25, main).suspect(false, STACK))
        .isEqualTo(MAIN);
  }

  @Test
  void namesWithLettersThatGotLostAreFound() {
    Frame odd = frame("a.Bäö", "ärger", false);

    assertThat(hidden(ON, 25, line(4, "a.B?.?rger")).suspect(false, List.of(odd))).isEqualTo(odd);
    assertThat(hidden(ON, 25, line(4, "a.Bäö.ärger")).suspect(false, List.of(odd))).isEqualTo(odd);
    assertThat(hidden(ON, 25, line(4, "a.B?.?rgern")).suspect(false, List.of(odd))).isNull();
  }

  @Test
  void whatIsNotUnderstoodIsUnknown() {
    assertThat(CompiledCode.parse(ON, line(4, "a.B.main")).isKnown()).isTrue();
    assertThat(CompiledCode.parse(ON, "41:\n").isKnown()).isTrue();
    assertThat(CompiledCode.parse("", line(4, "a.B.main")).isKnown()).isFalse();
    assertThat(CompiledCode.parse(ON, "a new format\n").isKnown()).isFalse();
    assertThat(CompiledCode.parse(ON, "").and(CompiledCode.unknown()).isKnown()).isFalse();
  }

  @Test
  void bothMomentsCount() {
    CompiledCode none = CompiledCode.parse(ON, "");
    CompiledCode main = CompiledCode.parse(ON, line(4, "a.B.main"));

    assertThat(none.and(main).isTakenApart(MAIN)).isTrue();
    assertThat(main.and(none).isTakenApart(MAIN)).isTrue();
    assertThat(none.and(none).isTakenApart(MAIN)).isFalse();
  }

  private static Stream<Path> jdks() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    Path own = Path.of(System.getProperty("java.home"));
    if (!Files.isDirectory(all)) {
      return Stream.of(own);
    }
    try (Stream<Path> found = Files.list(all)) {
      List<Path> old =
          found
              .filter(jdk -> jdk.getFileName().toString().contains("17"))
              .filter(jdk -> Files.exists(jdk.resolve("lib/modules")))
              .limit(1)
              .toList();
      return Stream.concat(Stream.of(own), old.stream());
    }
  }

  /**
   * Exceptions and their texts aside, they make nothing but nodes, which they link into a queue
   * before they wait, and events, which hold the number of a thread.
   */
  @ParameterizedTest
  @MethodSource("jdks")
  void idleMethodsOfTheJdkMakeNothingThatCouldBeTakenApart(Path jdk) throws Exception {
    Set<String> made = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    try (FileSystem jrt =
        FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", jdk.toString()))) {
      for (Map.Entry<String, Set<String>> idle : HiddenReferences.IDLE.entrySet()) {
        Path file = jrt.getPath("modules/java.base/" + idle.getKey().replace('.', '/') + ".class");
        if (Files.exists(file)) {
          ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
          for (MethodModel method : model.methods()) {
            if (idle.getValue().contains(method.methodName().stringValue())) {
              read.add(idle.getKey());
              method.code().ifPresent(code -> code.forEach(element -> add(element, made)));
            }
          }
        }
      }
    }
    assertThat(read).hasSizeGreaterThan(15);
    assertThat(made)
        .allMatch(
            name ->
                name.matches(
                    ".*(Exception|Error|Node)|java/lang/StringBuilder|jdk/internal/event/.*"),
            "exception, its text, node or event");
  }

  private static void add(CodeElement element, Set<String> made) {
    switch (element) {
      case NewObjectInstruction made1 -> made.add(made1.className().asInternalName());
      case NewReferenceArrayInstruction array -> made.add("array " + array);
      case NewPrimitiveArrayInstruction array -> made.add("array " + array);
      case NewMultiArrayInstruction array -> made.add("array " + array);
      case InvokeDynamicInstruction lambda -> made.add("lambda " + lambda);
      default -> {}
    }
  }
}
