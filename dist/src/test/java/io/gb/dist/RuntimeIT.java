package io.gb.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** The runtime in the archive holds the modules of the JDK that gb needs. */
class RuntimeIT {

  private static final Path HOME = Path.of(System.getProperty("gb.home"));

  @Test
  void theRuntimeHoldsWhatTheJarNeeds() throws IOException {
    assertThat(modules("--ignore-missing-deps", "-s", HOME.resolve("lib/gb.jar").toString()))
        .contains("java.base", "jdk.management")
        .isSubsetOf(runtime());
  }

  private static List<String> runtime() throws IOException {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(HOME.resolve("runtime/release"))) {
      release.load(in);
    }
    return List.of(release.getProperty("MODULES").replace("\"", "").split(" ", -1));
  }

  /** What jdeps finds, without what only a handler of Undertow needs that writes to a database. */
  private static List<String> modules(String... args) {
    StringWriter out = new StringWriter();
    String[] all = Arrays.copyOf(new String[] {"--multi-release", "25"}, args.length + 2);
    System.arraycopy(args, 0, all, 2, args.length);
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertThat(jdeps.run(new PrintWriter(out), new PrintWriter(out), all)).isZero();
    return out.toString()
        .lines()
        .map(line -> line.replaceFirst(".* -> ", ""))
        .filter(module -> module.matches("java\\..*|jdk\\..*"))
        .filter(module -> !module.equals("java.sql"))
        .toList();
  }
}
