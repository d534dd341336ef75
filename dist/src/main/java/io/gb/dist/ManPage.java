package io.gb.dist;

import io.gb.cli.command.Command;
import io.gb.cli.command.ExitCode;
import io.gb.cli.command.OptionTable;
import java.util.List;
import java.util.function.Predicate;

/** The manual, as roff with the macros of man(7): all commands on one page. */
final class ManPage {

  /** The lines of a usage that say how to call a command; what it does follows them. */
  private static final Predicate<String> CALL = line -> line.strip().startsWith("gb ");

  private ManPage() {}

  static String of(List<Command> commands, String version) {
    StringBuilder page = new StringBuilder();
    page.append(".TH GB 1 \"\" \"gb ").append(text(version)).append("\" \"User Commands\"\n");
    page.append(".SH NAME\n");
    page.append("gb \\- benchmark HTTP servers, prove thread leaks, compare JMH results\n");
    page.append(".SH SYNOPSIS\n");
    commands.getFirst().usage().lines().filter(CALL).forEach(line -> call(page, line));
    page.append(".SH DESCRIPTION\n");
    for (Command command : commands) {
      page.append(".SS ").append(text(command.name())).append('\n');
      if (!Words.of(command).isEmpty()) {
        command.usage().lines().filter(CALL).forEach(line -> call(page, line));
        page.append(".PP\n");
      }
      command.usage().lines().filter(CALL.negate()).forEach(line -> line(page, line));
      for (OptionTable.Row row : command.options().rows()) {
        page.append(".TP\n.B ").append(text(String.join(", ", row.names())));
        page.append(row.isFlag() ? "\n" : " \\fI" + text(row.label()) + "\\fR\n");
        row.help().forEach(line -> line(page, line));
      }
    }
    page.append(".SH EXIT STATUS\n");
    for (ExitCode exit : ExitCode.values()) {
      page.append(".TP\n.B ").append(exit.code()).append('\n');
      line(page, exit.meaning());
    }
    page.append(".SH SEE ALSO\n.BR ab (1)\n");
    return page.toString();
  }

  private static void call(StringBuilder page, String line) {
    page.append(text(line.strip())).append("\n.br\n");
  }

  private static void line(StringBuilder page, String line) {
    page.append(text(line)).append('\n');
  }

  /** Escaped, so that it is no request and each hyphen can be copied as one. */
  private static String text(String plain) {
    String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
