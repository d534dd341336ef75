package io.gb.cli.load;

import io.gb.cli.command.OptionTable;

/**
 * Options of wrk, hey, siege, oha, k6, vegeta and curl that gb lacks or understands in ab's way.
 */
final class OtherTools {

  /** A number or a duration, but not a host with a path. */
  private static final String AMOUNT = "[0-9]+([.][0-9]+)?[a-zA-Z]{0,2}";

  /** What follows a flag: another option, or a URL. */
  private static final String NO_VALUE = "-[a-zA-Z-].*|.*://.*";

  private static final String METHOD = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";
  private static final String NO_RATE =
      "gb sends no fixed rate; -c limits what is under way at once";
  private static final String NO_SCRIPT = "gb runs no scripts";
  private static final String ONE_URL = "a run has one URL";
  private static final String NO_REDIRECTS = "gb follows no redirects";
  private static final String HTTP_1 = "gb speaks HTTP/1.1";
  private static final String LENIENT = "gb verifies no certificate unless --verify is given";

  private OtherTools() {}

  /** Adds what to use in place of each of them. */
  static void explain(OptionTable options) {
    otherMeanings(options);
    unknownLetters(options);
    unknownNames(options);
  }

  private static void otherMeanings(OptionTable options) {
    options.foreign(
        "-d", AMOUNT, "for a duration, as wrk's -d, use -t, and for wrk's -t (threads) use -G");
    options.foreign(
        "-d",
        "\\{.*|\\[(?![0-9a-fA-F:.]+\\]).*|@.*|[^-/][^/]*=.*",
        "for a body, as curl's and hey's -d, use -p with a file");
    options.foreign("-z", AMOUNT, "for a duration, as hey's -z, use -t");
    options.foreign("-q", AMOUNT, NO_RATE + ", hey's -q");
    options.foreign("-r", AMOUNT, "for a number of requests, as siege's -r, use -n");
    options.foreign("-i", AMOUNT, "for a number of requests, as k6's -i, use -n");
    options.foreign("-s", ".*[.](lua|js)", NO_SCRIPT + ", wrk's -s");
    options.foreign(
        "-s", NO_VALUE, "here the time limit of a request; -q shows no progress, as curl's -s");
    options.foreign("-b", NO_VALUE, "here the size of a buffer; gb never pauses, as siege with -b");
    options.foreign("-v", NO_VALUE, "needs a level here: 2, 3 or 4");
    options.foreign(
        "-f",
        "(?i)(?!(TLS|SSL)[v0-9.]+$).*[./].*",
        ONE_URL + "; gb reads no file of URLs, siege's -f");
    options.foreign("-X", METHOD, "for a method, as curl's -X, use -m");
    options.foreign("-x", "[^=]*:[^=]*", "for a proxy, as hey's and curl's -x, use -X");
    options.foreign("-u", "[0-9]+", "for virtual users, as k6's -u, use -c");
    options.foreignSecret("-u", "[^/:]+:[^/]*", "for user and password, as curl's -u, use -A");
    options.foreignSecret(
        "-A", "[^:]*/[^:]*", "for an Accept or User-Agent, as hey's and siege's -A, use -H");
  }

  private static void unknownLetters(OptionTable options) {
    options.foreign("-R", "for a rate, as wrk2's -R: " + NO_RATE);
    options.foreign("-o", "for output files, as hey's -o, use -e or -g");
    options.foreign("-D", "for a body, as hey's -D, use -p");
    options.foreign("-F", "for a body, as curl's -F, use -p and -T");
    options.foreign("-a", "for user and password, as hey's -a, use -A");
    options.foreign(
        "-L", "percentiles are always printed, wrk2's -L; " + NO_REDIRECTS + ", curl's");
  }

  private static void unknownNames(OptionTable options) {
    String duration = "use -t";
    goFlag(options, "-duration", duration);
    options.foreign("--time", duration);
    String connections = "use -c";
    goFlag(options, "-connections", connections);
    options.foreign("--concurrent", connections);
    options.foreign("--vus", connections);
    goFlag(options, "-workers", connections);
    goFlag(options, "-max-workers", connections);
    String requests = "use -n";
    options.foreign("--reps", requests);
    options.foreign("--iterations", requests);
    options.foreign("--threads", "use -G");
    goFlag(options, "-cpus", "use -G");
    goFlag(options, "-rate", NO_RATE);
    options.foreign("--rps", NO_RATE);
    options.foreign("--stage", NO_RATE);
    options.foreign("--delay", "gb never pauses between requests");
    options.foreign("--script", NO_SCRIPT);
    options.foreign("--latency", "percentiles are always printed; -d leaves them out");
    goFlag(options, "-body", "use -p with a file");
    options.foreign("--data", "use -p with a file");
    options.foreign("--request", "use -m");
    options.foreign("--user", "use -A");
    goFlag(options, "-host", "use -H 'Host: ...'");
    options.foreign("--user-agent", "use -H 'User-Agent: ...'");
    goFlag(options, "-targets", ONE_URL);
    options.foreign("--file", ONE_URL);
    goFlag(options, "-output", "use -e or -g");
    options.foreign("--out", "use -e or -g");
    options.foreign("--json", "gb prints no JSON; -e writes CSV");
    goFlag(options, "-insecure", LENIENT);
    goFlag(options, "-cert", "use -E");
    goFlag(options, "-keepalive", "use -k");
    goFlag(options, "-disable-keepalive", "leave out -k");
    goFlag(options, "-disable-compression", "use -H 'Accept-Encoding: ...' to ask for compression");
    goFlag(options, "-disable-redirects", NO_REDIRECTS);
    goFlag(options, "-redirects", NO_REDIRECTS);
    options.foreign("--location", NO_REDIRECTS);
    goFlag(options, "-http2", HTTP_1);
    goFlag(options, "-h2", HTTP_1);
    goFlag(options, "-h2c", HTTP_1);
    options.foreign("--no-tui", "gb draws a bar only on a terminal; -q leaves it out");
  }

  /** Adds a name that programs written in Go have, which also take it behind one hyphen. */
  private static void goFlag(OptionTable options, String name, String advice) {
    options.foreign(name, advice);
    options.foreign("-" + name, advice);
  }
}
