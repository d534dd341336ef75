package io.gb.cli;

import io.gb.leaks.junit.NoThreadLeaks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the command has returned, every thread that it has started has ended. */
@Timeout(120)
@NoThreadLeaks(lingerMillis = 20_000)
class LeftBehindTest {

  static Stream<List<String>> commands() {
    String refused = "http://127.0.0.1:1/";
    return Stream.of(
        List.of("-n", "500", "-c", "20", "-k"),
        List.of("-n", "500", "-c", "20", "--engine", "client"),
        List.of("-n", "500", "-c", "20", "--engine", "core"),
        List.of("-n", "500", "-c", "20", "-k", "-G", "3"),
        List.of("-n", "500", "-c", "20", refused),
        List.of("-n", "500", "-t", "0.1"),
        List.of("-n", "5", "http://no-such-host.invalid/"),
        List.of("-H", "no colon"),
        List.of("-h"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noThreadIsLeft(List<String> args) {
    String[] command = args.toArray(String[]::new);
    Gb.run(command);
    Gb.runOnTerminal(command);
  }
}
