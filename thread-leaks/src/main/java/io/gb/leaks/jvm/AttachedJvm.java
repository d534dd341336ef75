package io.gb.leaks.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.JvmAnswers;
import io.gb.leaks.proof.MonitorOwners;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Another JVM on this machine, asked through the JDK's own {@code jcmd}. */
final class AttachedJvm implements Jvm {

  private static final int SIGQUIT = 3;
  private static final long ANSWER_SECONDS = 20;
  private static final long DUMP_SECONDS = 600;
  private static final String DUMPED = "Heap dump file created";
  private static final String THREAD_DUMP = "Thread.dump_to_file";
  private static final Pattern VERSION = Pattern.compile("\nJDK ([0-9]+)");
  private static final Pattern REFUSES_AGENTS =
      Pattern.compile("bool EnableDynamicAgentLoading\\s*:?= false\\b");
  private static final Pattern USED = Pattern.compile("used ([0-9]+)([KMG])");

  private final long pid;
  private final boolean agent;
  private final DumpFolder folder;
  private final Path jcmd;
  private final String flags;
  private final boolean hasBarrier;
  private final boolean dumpsThreads;

  /** Why the agent took no dump; empty as long as it did, or was not asked. */
  private String agentFailure = "";

  /**
   * Asks the JVM what it can tell.
   *
   * @param pid its process id
   * @param agent whether to load an agent into it, which raises the escape barrier
   * @param folder where it writes what it answers
   * @throws IOException if there is no JVM with that process id, or none that answers
   */
  AttachedJvm(long pid, boolean agent, DumpFolder folder) throws IOException {
    this.pid = pid;
    this.agent = agent;
    this.folder = folder;
    if (ProcessHandle.of(pid).isEmpty()) {
      throw failure("no such process");
    }
    refuseDeaf();
    jcmd = Path.of(javaHome(), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw failure("cannot ask it: there is no " + jcmd);
    }
    flags = jcmd(ANSWER_SECONDS, "VM.flags", "-all");
    Matcher version = VERSION.matcher(jcmd(ANSWER_SECONDS, "VM.version"));
    hasBarrier = version.find() && Integer.parseInt(version.group(1)) >= EscapeBarrier.SINCE;
    dumpsThreads = jcmd(ANSWER_SECONDS, "help").contains(THREAD_DUMP);
  }

  private static String javaHome() {
    return requireNonNull(
        ManagementFactory.getRuntimeMXBean().getSystemProperties().get("java.home"));
  }

  /** The JVM splits what it is sent at blanks. */
  private static String quoted(Path file) {
    return quoted("", file);
  }

  private static String quoted(String before, Path file) {
    return '"' + before + file.toAbsolutePath() + '"';
  }

  private IOException failure(String what) {
    return new IOException("pid " + pid + ": " + what);
  }

  /** The bytes in use, those of other spaces than the heap included: a bound for the dump. */
  long heapBytes() throws IOException {
    Matcher used = USED.matcher(jcmd(ANSWER_SECONDS, "GC.heap_info"));
    long bytes = 0;
    while (used.find()) {
      bytes += Long.parseLong(used.group(1)) << (10 * ("KMG".indexOf(used.group(2)) + 1));
    }
    return bytes;
  }

  /** Whether a dump takes an agent, which this JVM does not refuse. */
  boolean loadsAgent() {
    return agent
        && hasBarrier
        && CompiledCode.parse(flags, "").takesObjectsApart()
        && !REFUSES_AGENTS.matcher(flags).find();
  }

  /** Collects garbage, unless that JVM ignores such requests. */
  void collectGarbage() throws IOException {
    jcmd(DUMP_SECONDS, "GC.run");
  }

  @Override
  public JvmAnswers answers() throws IOException {
    return new JvmAnswers(
        CompiledCode.parse(flags, jcmd(ANSWER_SECONDS, "Compiler.codelist")), monitorOwners());
  }

  /** Unknown before JDK 21, which has no such command, and before 25, which does not tell. */
  private MonitorOwners monitorOwners() throws IOException {
    if (!dumpsThreads) {
      return MonitorOwners.unknown();
    }
    Path file = folder.file("threads.json");
    Files.deleteIfExists(file);
    try {
      jcmd(ANSWER_SECONDS, THREAD_DUMP, "-format=json", quoted(file));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      // JDK 25 fails so if the name of a thread holds a control character.
      return MonitorOwners.unknown();
    }
    if (!Files.isReadable(file)) {
      return MonitorOwners.unknown();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return MonitorOwners.parse(lines);
    }
  }

  @Override
  public BarrierDump dumpHeap(Path file, boolean barrier, boolean quiet) throws IOException {
    if (agent && barrier && agentFailure.isEmpty()) {
      BarrierDump taken = dumpByAgent(file, quiet);
      if (Files.isRegularFile(file)) {
        return taken;
      }
      agentFailure =
          taken.missing(); // It would fail again, and each attempt costs that JVM memory.
    }
    String missing = agent ? agentFailure : "no agent was to be loaded";
    String answer = jcmd(DUMP_SECONDS, "GC.heap_dump", quoted(file));
    // jcmd ends with 0 even if the disk was full, and leaves a part of the dump there.
    if (!answer.contains(DUMPED) || !Files.isRegularFile(file)) {
      throw failure("no heap dump: " + last(answer));
    }
    return BarrierDump.without(barrier ? missing : "");
  }

  /** There may be no dump afterwards; what is returned then says why. */
  private BarrierDump dumpByAgent(Path file, boolean quiet) throws IOException {
    if (!hasBarrier) {
      return BarrierDump.without(EscapeBarrier.NEEDS);
    }
    Path jar = folder.file("agent.jar");
    Path result = folder.file(BarrierDump.RESULT);
    Files.deleteIfExists(result);
    BarrierDump.writeAgent(jar);
    String options = quiet ? quoted(BarrierDump.QUIET, file) : quoted(file);
    String answer = jcmd(DUMP_SECONDS, "JVMTI.agent_load", quoted(jar), options);
    return Files.isRegularFile(result)
        ? BarrierDump.read(result)
        : BarrierDump.without("the agent was not loaded: " + last(answer));
  }

  @Override
  public boolean isDebugged() {
    return false;
  }

  /**
   * Attaching begins with a SIGQUIT. A process that ignores it never answers, and one that does not
   * catch it would die of it.
   */
  private void refuseDeaf() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("SigIgn:") && hasSigquit(line)) {
          throw failure("ignores SIGQUIT, so nothing can attach to it");
        }
        if (line.startsWith("SigCgt:") && !hasSigquit(line)) {
          throw failure("is no HotSpot JVM that can be attached to");
        }
      }
    }
  }

  private static boolean hasSigquit(String line) {
    long signals = Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16);
    return ((signals >>> (SIGQUIT - 1)) & 1) != 0;
  }

  private String jcmd(long seconds, String... command) throws IOException {
    Path answer = folder.file("answer.txt");
    List<String> line = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid)));
    line.addAll(List.of(command));
    Process process =
        folder.start(
            new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(answer.toFile()));
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().onExit().join();
        throw failure("does not answer within " + seconds + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("pid " + pid + ": interrupted while waiting for its answer");
    }
    String text = Files.readString(answer, UTF_8);
    if (process.exitValue() != 0) {
      throw failure("cannot attach: " + lines(text).get(0));
    }
    return text;
  }

  private static String last(String answer) {
    List<String> lines = lines(answer);
    return lines.get(lines.size() - 1);
  }

  /** What jcmd has to say, at least a line, without the pid in front of it. */
  private static List<String> lines(String answer) {
    List<String> lines =
        answer.lines().map(String::strip).filter(line -> !line.matches("([0-9]+:)?")).toList();
    return lines.isEmpty() ? List.of("no reason given") : lines;
  }
}
