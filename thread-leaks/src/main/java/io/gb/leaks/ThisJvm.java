package io.gb.leaks;

import io.gb.leaks.proof.CompiledCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Asks this JVM what {@code jcmd} would ask. */
final class ThisJvm {

  private ThisJvm() {}

  /** What is compiled now. */
  static CompiledCode compiledCode() throws IOException {
    return CompiledCode.parse(
        ask("vmFlags", new Object[] {new String[] {"-all"}}, String[].class.getName()),
        ask("compilerCodelist", null));
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
}
