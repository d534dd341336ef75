package io.gb.leaks.jvm;

import io.gb.leaks.ThreadLeaks;
import io.gb.leaks.corpus.Threads;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A program for JVMs that tests start: without an argument it leaks three threads, says so, and
 * stays; with a process id it proves the leaks of that JVM.
 */
final class OtherProgram {

  private OtherProgram() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      ThreadLeaks.prove(Long.parseLong(args[0]));
      return;
    }
    for (int i = 0; i < 3; i++) {
      LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
      Threads.startWaiting("lost-" + i, false, queue::take);
    }
    System.out.println("ready");
    System.exit(System.in.read());
  }

  /** Starts a program of this module's tests in a JVM of its own. */
  static ProcessBuilder java(Class<?> program, List<String> options, String... arguments)
      throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    List<String> path = new ArrayList<>();
    for (Class<?> c : List.of(OtherProgram.class, ThreadLeaks.class)) {
      path.add(Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    line.addAll(List.of("-cp", String.join(File.pathSeparator, path), program.getName()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
