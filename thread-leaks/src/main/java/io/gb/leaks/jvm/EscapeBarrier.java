package io.gb.leaks.jvm;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes HotSpot put the objects that optimized code keeps in registers back into the heap. JVMTI
 * does so before it iterates over the heap: each compiled frame of a platform thread that holds
 * such objects is deoptimized, and its local variables refer to the new objects from then on. It
 * passes over threads on which a virtual thread is mounted, and over virtual threads.
 *
 * <p>JVMTI is called through the foreign function API, which exists since JDK 22. This class is
 * compiled for 17 and therefore calls that API by reflection. It uses nothing but the JDK, since an
 * agent takes it into other JVMs.
 */
final class EscapeBarrier {

  /** The first JDK with the foreign function API. */
  static final int SINCE = 22;

  static final String NEEDS = "that takes a JDK " + SINCE + " or later of 64 bits";

  /* Positions in the tables of functions of JNI and JVMTI, and constants of JVMTI. */
  private static final int GET_ENV = 6;
  private static final int ITERATE_THROUGH_HEAP = 115;
  private static final int DISPOSE_ENVIRONMENT = 126;
  private static final int ADD_CAPABILITIES = 141;
  private static final long JVMTI_VERSION = 0x30010200;
  private static final byte CAN_TAG_OBJECTS = 1;
  private static final long SKIP_TAGGED_OBJECTS = 4;

  /* Offsets in the memory that is passed to the functions. It is zero elsewhere: no callbacks. */
  private static final int FOUND = 0;
  private static final int COUNT = 8;
  private static final int CAPABILITIES = 16;
  private static final int CALLBACKS = 64;
  private static final int SIZE = 256;

  private static final Path MAPS = Path.of("/proc/self/maps");

  private static final Map<String, String> PROPERTIES =
      ManagementFactory.getRuntimeMXBean().getSystemProperties();

  private final Object linker = call("Linker", "nativeLinker", null);
  private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
  private final long address =
      (long) call("MemorySegment", "address", call("MemorySegment", "ofBuffer", null, memory));

  EscapeBarrier() throws ReflectiveOperationException {}

  /**
   * Raises the barrier once.
   *
   * @return an empty string, or why it cannot be raised in this JVM, without a full stop
   */
  static String raise() {
    if (Runtime.version().feature() < SINCE
        || !"64".equals(PROPERTIES.get("sun.arch.data.model"))) {
      return NEEDS;
    }
    try {
      new EscapeBarrier().iterate(library());
      return isHeapFull() ? "the heap was nearly full" : "";
    } catch (InvocationTargetException e) {
      return Objects.toString(e.getCause());
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      return e.toString();
    }
  }

  /** The barrier must allocate, and does not say that it failed. */
  private static boolean isHeapFull() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return heap.getUsed() / 7 >= heap.getMax() / 8;
  }

  /**
   * Lets JVMTI iterate over the heap.
   *
   * @param library the library of the JVM that runs; of another one, no function is called but the
   *     one that says how many JVMs it runs
   */
  void iterate(Path library) throws ReflectiveOperationException {
    Object arena = call("Arena", "global", null);
    Object jvm = call("SymbolLookup", "libraryLookup", null, library, arena);
    Optional<?> created = (Optional<?>) call("SymbolLookup", "find", jvm, "JNI_GetCreatedJavaVMs");
    check(invoke(created.orElseThrow(), address + FOUND, 1, address + COUNT));
    long vm = memory.getLong(FOUND);
    if (memory.getInt(COUNT) != 1 || vm == 0) {
      throw new IllegalStateException("the library of the running JVM was not found");
    }
    check(invoke(function(vm, GET_ENV), vm, address + FOUND, JVMTI_VERSION));
    long environment = memory.getLong(FOUND);
    if (environment == 0) {
      throw new IllegalStateException("JVMTI gives no environment");
    }
    try {
      memory.put(CAPABILITIES, CAN_TAG_OBJECTS);
      Object add = function(environment, ADD_CAPABILITIES);
      check(invoke(add, environment, address + CAPABILITIES));
      Object iterate = function(environment, ITERATE_THROUGH_HEAP);
      check(invoke(iterate, environment, SKIP_TAGGED_OBJECTS, 0, address + CALLBACKS, 0));
    } finally {
      invoke(function(environment, DISPOSE_ENVIRONMENT), environment);
    }
  }

  /**
   * The library of the JVM that runs; looking it up does not load it a second time. Linux says from
   * where it was loaded; elsewhere only the property is there, which the program may have changed.
   */
  private static Path library() throws IOException {
    String name = System.mapLibraryName("jvm");
    if (Files.isReadable(MAPS)) {
      for (String line : Files.readAllLines(MAPS)) {
        if (line.endsWith("/" + name)) {
          return Path.of(line.substring(line.indexOf('/')));
        }
      }
    }
    Path java = Path.of(Objects.requireNonNull(PROPERTIES.get("java.home")));
    return java.resolve(name.endsWith(".dll") ? "bin" : "lib").resolve("server").resolve(name);
  }

  private static void check(int answer) {
    if (answer != 0) {
      throw new IllegalStateException("JVMTI answers " + answer);
    }
  }

  /** A function of an object of JNI or JVMTI, whose first word is the address of its table. */
  private static Object function(long object, int position) throws ReflectiveOperationException {
    long table = word(object, 0);
    return call("MemorySegment", "ofAddress", null, word(table, position));
  }

  private static long word(long at, int position) throws ReflectiveOperationException {
    Object segment = call("MemorySegment", "ofAddress", null, at + 8L * position);
    Object word = call("MemorySegment", "reinterpret", segment, 8L);
    ByteBuffer bytes = (ByteBuffer) call("MemorySegment", "asByteBuffer", word);
    return bytes.order(ByteOrder.nativeOrder()).getLong();
  }

  /** Calls a native function that takes integers or addresses and returns an int. */
  private int invoke(Object function, long... arguments) throws ReflectiveOperationException {
    Object parameters = Array.newInstance(type("MemoryLayout"), arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      Array.set(parameters, i, type("ValueLayout").getField("JAVA_LONG").get(null));
    }
    Object answer = type("ValueLayout").getField("JAVA_INT").get(null);
    Object descriptor = call("FunctionDescriptor", "of", null, answer, parameters);
    Object options = Array.newInstance(type("Linker$Option"), 0);
    MethodHandle handle =
        (MethodHandle) call("Linker", "downcallHandle", linker, function, descriptor, options);
    try {
      return (int) handle.invokeWithArguments(Arrays.stream(arguments).boxed().toList());
    } catch (Throwable e) {
      throw new InvocationTargetException(e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }

  /** Calls a method of a type of the foreign function API, a static one if the object is null. */
  private static Object call(String type, String name, @Nullable Object on, Object... arguments)
      throws ReflectiveOperationException {
    for (Method method : type(type).getMethods()) {
      if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
        return method.invoke(on, arguments);
      }
    }
    throw new NoSuchMethodException(type + "." + name);
  }

  private static boolean takes(Class<?>[] parameters, Object... arguments) {
    boolean fits = parameters.length == arguments.length;
    for (int i = 0; fits && i < parameters.length; i++) {
      fits = (parameters[i] == long.class ? Long.class : parameters[i]).isInstance(arguments[i]);
    }
    return fits;
  }
}
