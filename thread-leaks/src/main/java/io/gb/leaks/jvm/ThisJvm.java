package io.gb.leaks.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.MonitorOwners;
import io.gb.leaks.proof.MonitorOwners.Entrance;
import io.gb.leaks.proof.ThreadFinding;
import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
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

  /**
   * Collects garbage and writes all live objects to a file that only its owner can read.
   *
   * @param file where to write; must not exist, and its name must end in {@code .hprof}
   * @throws IOException if the file cannot be written
   * @throws UnsupportedOperationException if this is no HotSpot JVM
   */
  @Override
  public void dumpHeap(Path file) throws IOException {
    diagnostics().dumpHeap(file.toAbsolutePath().toString(), true);
  }

  private static HotSpotDiagnosticMXBean diagnostics() {
    @Nullable HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      throw new UnsupportedOperationException("needs a HotSpot JVM");
    }
    return bean;
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
          dumpThreads.invoke(diagnostics(), file.toAbsolutePath().toString(), constant);
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
  public Map<Long, Long> waitCounts() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    Map<Long, Long> counts = new HashMap<>();
    for (@Nullable ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (info != null) {
        counts.put(info.getThreadId(), info.getWaitedCount() + info.getBlockedCount());
      }
    }
    return counts;
  }

  @Override
  public @Nullable String doubt(ThreadFinding thread, @Nullable Long before, @Nullable Long after) {
    if (isDebugged()) {
      return "a debugger is attached, which can wake anything";
    }
    boolean sameCounts = before != null && before.equals(after);
    return thread.virtual() || sameCounts ? null : "it has moved between two samples";
  }

  private static boolean isDebugged() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(argument -> DEBUGGER.matcher(argument).lookingAt());
  }
}
