package io.gb.dist;

import io.gb.cli.command.Command;
import io.gb.cli.command.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The program that the build runs: writes manual and completions where Unix looks for them. */
public final class Main {

  private Main() {}

  /**
   * Writes the files.
   *
   * @param args the folder to write to, as a prefix of {@code share}, and the version of gb
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, String> file : files(args[1]).entrySet()) {
      Path path = Path.of(args[0]).resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
  }

  /** The text of each file by its path below the folder. */
  static Map<String, String> files(String version) {
    List<Command> commands = io.gb.cli.Main.commands(new Console(System.out, System.err, false));
    return new TreeMap<>(
        Map.of(
            "share/man/man1/gb.1", ManPage.of(commands, version),
            "share/bash-completion/completions/gb", BashCompletion.of(commands),
            "share/zsh/site-functions/_gb", ZshCompletion.of(commands),
            "share/fish/vendor_completions.d/gb.fish", FishCompletion.of(commands)));
  }
}
