package io.gb.leaks.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.MonitorOwners;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The JVM that runs this code. Thread-safe. */
public final class ThisJvm implements Jvm {

  /** The first JDK whose thread dumps show monitors, those of virtual threads included. */
  private static final int SHOWS_MONITORS = 25;

  private static final Pattern DEBUGGER =
      Pattern.compile("-agentlib:jdwp|-agentpath:.*jdwp|-Xrunjdwp");

  /** Creates a view of this JVM; it holds nothing. */
  public ThisJvm() {}

  @Override
  public JvmAnswers answers() throws IOException {
    return new JvmAnswers(
        CompiledCode.parse(
            ask("vmFlags", new Object[] {new String[] {"-all"}}, String[].class.getName()),
            ask("compilerCodelist", null)),
        monitorOwners());
  }

  static String ask(String command, Object @Nullable [] arguments, String... types)
      throws IOException {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  command,
                  arguments,
                  types);
    } catch (InstanceNotFoundException e) {
      throw new UnsupportedOperationException("needs a HotSpot JVM", e);
    } catch (JMException e) {
      throw new IOException("this JVM does not answer the command " + command, e);
    }
  }

  @Override
  public BarrierDump dumpHeap(Path file, boolean barrier, boolean quiet) throws IOException {
    return BarrierDump.take(file, barrier, quiet);
  }

  /**
   * {@return who owns the monitors at whose entrances threads wait} Before JDK 25, this JVM answers
   * for platform threads only.
   *
   * @throws IOException if a thread dump cannot be written or read
   */
  public MonitorOwners monitorOwners() throws IOException {
    return Runtime.version().feature() >= SHOWS_MONITORS
        ? threadDump("JSON", MonitorOwners::parse)
        : ownersAmongPlatformThreads();
  }

  private static MonitorOwners ownersAmongPlatformThreads() {
    Map<Long, Entrance> entrances = new HashMap<>();
    for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false)) {
      LockInfo lock = info.getThreadState() == Thread.State.BLOCKED ? info.getLockInfo() : null;
      if (lock != null && info.getLockOwnerId() >= 0) {
        entrances.put(info.getThreadId(), new Entrance(lock.toString(), info.getLockOwnerId()));
      }
    }
    return new MonitorOwners(entrances);
  }

  /**
   * Takes a thread dump that shows virtual threads; JDK 21 and later can.
   *
   * @param format the name that the JDK gives to the format
   * @param reader gets the lines of the dump, or none where this JVM cannot take one
   */
  static <T> T threadDump(String format, Function<Stream<String>, T> reader) throws IOException {
    for (Method method : HotSpotDiagnosticMXBean.class.getMethods()) {
      if (method.getName().equals("dumpThreads")) {
        return threadDump(method, format, reader);
      }
    }
    return reader.apply(Stream.empty());
  }

  private static <T> T threadDump(
      Method dumpThreads, String format, Function<Stream<String>, T> reader) throws IOException {
    try (DumpFolder folder = new DumpFolder()) {
      Path file = folder.file("threads");
      for (Object constant : dumpThreads.getParameterTypes()[1].getEnumConstants()) {
        if (constant.toString().equals(format)) {
          dumpThreads.invoke(BarrierDump.diagnostics(), file.toAbsolutePath().toString(), constant);
        }
      }
      try (Stream<String> lines = Files.lines(file)) {
        return reader.apply(lines);
      }
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) {
        // JDK 25 fails so if the name of a thread holds a control character.
        return reader.apply(Stream.empty());
      }
      throw new IOException("cannot write a thread dump", e.getCause());
    } catch (ReflectiveOperationException e) {
      return reader.apply(Stream.empty());
    }
  }

  @Override
  public boolean isDebugged() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> DEBUGGER.matcher(argument).lookingAt());
  }
}
