package io.gb.cli.load;

import io.gb.cli.command.CommandException;
import io.gb.cli.command.OptionTable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Reads ab's form of a URL: {@code [http[s]://]host[:port]/path}. */
final class UrlArgument {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  private UrlArgument() {}

  /**
   * Reads a URL.
   *
   * @throws CommandException if it is no URL, or has no path
   */
  static URI parse(String text) {
    String url = SCHEME.matcher(text).lookingAt() ? text : "http://" + text;
    URI uri;
    try {
      uri = new URI(url).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw invalid(text, url.endsWith("://") ? "no host" : e.getReason());
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
      throw invalid(text, "the scheme must be http or https");
    }
    if (uri.getHost() == null) {
      throw invalid(text, "no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid(text, "use -A for user and password");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw invalid(text, "the port must be between 1 and 65535");
    }
    if (uri.getRawPath() == null || uri.getRawPath().isEmpty()) {
      throw invalid(text, "no path after the host; a single / will do");
    }
    return uri;
  }

  private static CommandException invalid(String text, String why) {
    return CommandException.usage("invalid URL '" + OptionTable.withoutSecret(text) + "': " + why);
  }
}
