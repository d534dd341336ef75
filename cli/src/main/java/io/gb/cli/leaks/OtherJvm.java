package io.gb.cli.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.cli.command.CleanupScope;
import io.gb.cli.command.CommandException;
import io.gb.leaks.proof.CompiledCode;
import io.gb.leaks.proof.MonitorOwners;
import io.gb.leaks.proof.Testimony;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JVM on this machine, told what to do by the JDK's own {@code jcmd}. */
final class OtherJvm {

  private static final int SIGQUIT = 3;
  private static final long ANSWER_SECONDS = 20;
  private static final long DUMP_SECONDS = 600;
  private static final String DUMPED = "Heap dump file created";
  private static final String THREAD_DUMP = "Thread.dump_to_file";
  private static final Pattern USED = Pattern.compile("used ([0-9]+)([KMG])");

  private final long pid;
  private final CleanupScope cleanup;
  private final Path folder;
  private final long heapBytes;
  private final boolean dumpsThreads;

  /**
   * Asks the JVM how large its heap is, and what else it can tell.
   *
   * @param pid its process id
   * @param cleanup holds what is started to ask it
   * @param folder a private one for what it answers; nobody else writes there
   * @throws CommandException if there is none with that pid that answers
   */
  OtherJvm(long pid, CleanupScope cleanup, Path folder) throws IOException {
    this.pid = pid;
    this.cleanup = cleanup;
    this.folder = folder;
    if (ProcessHandle.of(pid).isEmpty()) {
      throw CommandException.failed("pid " + pid + ": no such process");
    }
    refuseDeaf(pid);
    heapBytes = heapBytes(jcmd(ANSWER_SECONDS, "GC.heap_info"));
    dumpsThreads = jcmd(ANSWER_SECONDS, "help").contains(THREAD_DUMP);
  }

  /** The size of its heap in bytes, a bound for that of a dump. */
  long heapBytes() {
    return heapBytes;
  }

  /**
   * Dumps its live objects to a file that does not exist yet.
   *
   * @return what the JVM said of itself in front of the dump and behind it
   */
  Testimony dump(Path file) throws IOException {
    Testimony before = testimony();
    String answer = jcmd(DUMP_SECONDS, "GC.heap_dump", file.toAbsolutePath().toString());
    // jcmd ends with 0 even if the disk was full, and leaves a part of the dump there.
    if (!answer.contains(DUMPED) || !Files.isRegularFile(file)) {
      List<String> lines = lines(answer);
      throw CommandException.failed("pid " + pid + ": no heap dump: " + lines.getLast());
    }
    return before.and(testimony());
  }

  private Testimony testimony() throws IOException {
    CompiledCode code =
        CompiledCode.parse(
            jcmd(ANSWER_SECONDS, "VM.flags", "-all"), jcmd(ANSWER_SECONDS, "Compiler.codelist"));
    return new Testimony(code, monitorOwners());
  }

  /** Unknown before JDK 21, which has no such command, and before 25, which does not tell. */
  private MonitorOwners monitorOwners() throws IOException {
    if (!dumpsThreads) {
      return MonitorOwners.unknown();
    }
    Path file = folder.resolve("threads.json");
    Files.deleteIfExists(file);
    jcmd(ANSWER_SECONDS, THREAD_DUMP, "-format=json", file.toAbsolutePath().toString());
    if (!Files.isReadable(file)) {
      return MonitorOwners.unknown();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return MonitorOwners.parse(lines);
    }
  }

  /**
   * Attaching begins with a SIGQUIT. One that ignores it never answers, and one that does not catch
   * it would die of it.
   */
  private static void refuseDeaf(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (Files.isReadable(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("SigIgn:") && hasSigquit(line)) {
          throw CommandException.failed(
              "pid " + pid + ": ignores SIGQUIT, so nothing can attach to it");
        }
        if (line.startsWith("SigCgt:") && !hasSigquit(line)) {
          throw CommandException.failed(
              "pid " + pid + ": is no HotSpot JVM that can be attached to");
        }
      }
    }
  }

  private static boolean hasSigquit(String line) {
    long signals = Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16);
    return ((signals >>> (SIGQUIT - 1)) & 1) != 0;
  }

  private String jcmd(long seconds, String... command) throws IOException {
    Path answer = folder.resolve("answer.txt");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      List<String> line = new ArrayList<>(List.of(jcmd.toString(), "" + pid));
      line.addAll(List.of(command));
      Process process =
          cleanup.acquire(
              () ->
                  new ProcessBuilder(line)
                      .redirectErrorStream(true)
                      .redirectOutput(answer.toFile())
                      .start(),
              asking -> asking.destroyForcibly().onExit().join());
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw CommandException.failed("pid " + pid + ": does not answer within " + seconds + " s");
      }
      String text = Files.readString(answer, UTF_8);
      if (process.exitValue() != 0) {
        throw CommandException.failed("pid " + pid + ": cannot attach: " + lines(text).getFirst());
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("pid " + pid + ": interrupted while waiting for its answer");
    }
  }

  /** What jcmd has to say, at least a line, without the pid in front of it. */
  private static List<String> lines(String answer) {
    List<String> lines =
        answer.lines().map(String::strip).filter(line -> !line.matches("([0-9]+:)?")).toList();
    return lines.isEmpty() ? List.of("no reason given") : lines;
  }

  /** The sum of all that is in use, other spaces than the heap included. */
  private static long heapBytes(String info) {
    Matcher used = USED.matcher(info);
    long bytes = 0;
    while (used.find()) {
      bytes += Long.parseLong(used.group(1)) << (10 * ("KMG".indexOf(used.group(2)) + 1));
    }
    return bytes;
  }
}
