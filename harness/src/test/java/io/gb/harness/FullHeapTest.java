package io.gb.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gb.harness.fixture.Answer;
import io.gb.harness.fixture.ScriptedServer;
import io.gb.harness.http.EngineKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Errors that tests plant leave the heap empty, so this fills it, in a JVM of its own. */
class FullHeapTest {

  private static final int GOOD = 100;
  private static final Answer BEGINNING_OF_A_LINE =
      Answer.of("HTTP/1.1 200 OK\r\nX: " + "x".repeat(60_000)).thenHang();

  /** Virtual threads, which the other engines use, may stop for ever when the heap is full. */
  @Test
  void runOnAFullHeapEndsWithAResultOfWhatWasMeasured() throws IOException, InterruptedException {
    try (ScriptedServer server =
        ScriptedServer.start((connection, request) ->
            connection < GOOD ? Answer.ok("hello") : BEGINNING_OF_A_LINE)) {
      Process program =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx40m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FullHeap.class.getName(),
                  EngineKind.LOOP.name(),
                  "1100",
                  server.uri("/").toString())
              .redirectErrorStream(true)
              .start();
      try {
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
        assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .contains("ERROR java.lang.OutOfMemoryError: Java heap space, " + GOOD);
      } finally {
        program.destroyForcibly();
      }
    }
  }
}
