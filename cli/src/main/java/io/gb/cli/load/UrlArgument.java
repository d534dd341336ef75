package io.gb.cli.load;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.OptionTable;
import io.gb.harness.http.HttpUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Reads ab's form of a URL: {@code [http[s]://]host[:port]/path}. */
final class UrlArgument {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  private UrlArgument() {}

  /**
   * Reads a URL, and gives it the form in which it is sent.
   *
   * @throws CommandException if it is no URL, or has no path
   */
  static URI parse(String text) {
    String prefix = SCHEME.matcher(text).lookingAt() ? "" : "http://";
    URI uri;
    try {
      uri = HttpUrl.parse(prefix + text);
    } catch (URISyntaxException e) {
      throw invalid(e.getInput().substring(prefix.length()), e.getReason());
    }
    if (uri.getRawPath().isEmpty()) {
      throw invalid(text, "no path after the host; a single / will do");
    }
    return uri;
  }

  private static CommandException invalid(String text, String why) {
    return CommandException.usage("invalid URL '" + OptionTable.withoutSecret(text) + "': " + why);
  }
}
