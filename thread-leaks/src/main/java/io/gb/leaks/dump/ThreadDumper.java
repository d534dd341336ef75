package io.gb.leaks.dump;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes thread dumps of this JVM that show virtual threads; JDK 21 and later can. */
public final class ThreadDumper {

  /** How a dump is written. */
  public enum Format {
    /** For people. */
    PLAIN("TEXT_PLAIN"),
    /** For programs: nothing that a thread is named can be mistaken for something else. */
    JSON("JSON");

    /** What the JDK calls it. */
    private final String constant;

    Format(String constant) {
      this.constant = constant;
    }
  }

  private ThreadDumper() {}

  /**
   * Takes a thread dump to a private file, which is deleted at once.
   *
   * @param reader gets the lines of the dump, or none where this JVM cannot take one
   * @return what the reader has read
   * @throws IOException if it cannot be written or read
   */
  public static <T> T dump(Format format, Function<Stream<String>, T> reader) throws IOException {
    for (Method method : HotSpotDiagnosticMXBean.class.getMethods()) {
      if (method.getName().equals("dumpThreads")) {
        return dump(method, format, reader);
      }
    }
    return reader.apply(Stream.empty());
  }

  private static <T> T dump(Method dumpThreads, Format format, Function<Stream<String>, T> reader)
      throws IOException {
    Object bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    Path folder = Files.createTempDirectory("thread-leaks");
    Path file = folder.resolve("threads");
    try {
      for (Object constant : dumpThreads.getParameterTypes()[1].getEnumConstants()) {
        if (constant.toString().equals(format.constant)) {
          dumpThreads.invoke(bean, file.toAbsolutePath().toString(), constant);
        }
      }
      try (Stream<String> lines = Files.lines(file)) {
        return reader.apply(lines);
      }
    } catch (InvocationTargetException e) {
      throw new IOException("cannot write a thread dump", e.getCause());
    } catch (ReflectiveOperationException e) {
      return reader.apply(Stream.empty());
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
