package io.gb.compare.jmh;

import java.util.List;

/**
 * Where and how a benchmark ran. Immutable. Strings and the list are empty if the file does not
 * say: older versions of JMH write less. JMH never names the machine.
 *
 * @param jmhVersion version of JMH
 * @param jvm path of the Java launcher
 * @param jdkVersion version of the JDK
 * @param vmName name of the virtual machine
 * @param vmVersion version of the virtual machine
 * @param jvmArgs arguments of the forked JVM
 * @param threads number of threads; 0 if the file does not say
 * @param warmup iterations, time and batch size of the warm-up
 * @param measurement iterations, time and batch size of the measurement
 */
public record Environment(
    String jmhVersion,
    String jvm,
    String jdkVersion,
    String vmName,
    String vmVersion,
    List<String> jvmArgs,
    int threads,
    String warmup,
    String measurement) {

  /** Copies the list. */
  public Environment {
    jvmArgs = List.copyOf(jvmArgs);
  }

  /**
   * {@return the garbage collector that the JVM arguments select, {@code G1}; empty if none does}
   */
  public String collector() {
    return jvmArgs.stream()
        .filter(arg -> arg.matches("-XX:\\+Use[A-Za-z0-9]+GC"))
        .map(arg -> arg.substring("-XX:+Use".length(), arg.length() - "GC".length()))
        .reduce("", (first, last) -> last);
  }
}
