package io.gb.cli.load;

import io.gb.cli.command.OptionTable;

/** Options of wrk, hey, siege and curl that gb lacks or understands in ab's way. */
final class OtherTools {

  /** A number or a duration, but not a host with a path. */
  private static final String AMOUNT = "[0-9]+([.][0-9]+)?[a-zA-Z]{0,2}";

  private static final String METHOD = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";
  private static final String NO_RATE =
      "gb sends no fixed rate; -c limits what is under way at once";

  private OtherTools() {}

  /** Adds what to use in place of each of them. */
  static void explain(OptionTable options) {
    options.foreign(
        "-d", AMOUNT, "for a duration, as wrk's -d, use -t, and for wrk's -t (threads) use -G");
    options.foreign(
        "-d",
        "\\{.*|\\[(?![0-9a-fA-F:.]+\\]).*",
        "for a body, as curl's and hey's -d, use -p with a file");
    options.foreign("-z", AMOUNT, "for a duration, as hey's -z, use -t");
    options.foreign("-q", AMOUNT, NO_RATE + ", hey's -q");
    options.foreign("-r", AMOUNT, "for a number of requests, as siege's -r, use -n");
    options.foreign("-s", ".*[.]lua", "gb runs no scripts, wrk's -s");
    options.foreign(
        "-f",
        "(?i)(?!(TLS|SSL)[v0-9.]+$).*[./].*",
        "a run has one URL; gb reads no file of URLs, siege's -f");
    options.foreign("-X", METHOD, "for a method, as curl's -X, use -m");
    options.foreign("-x", "[^=]*:[^=]*", "for a proxy, as hey's and curl's -x, use -X");
    options.foreign("-R", "for a rate, as wrk2's -R: " + NO_RATE);
    options.foreign("-o", "for output files, as hey's -o, use -e or -g");
    options.foreign("-D", "for a body, as hey's -D, use -p");
    options.foreign("-a", "for user and password, as hey's -a, use -A");
    options.foreign("--latency", "percentiles are always printed; -d leaves them out");
    options.foreign("--duration", "use -t");
    options.foreign("--connections", "use -c");
    options.foreign("--threads", "use -G");
    options.foreign("--rate", NO_RATE);
  }
}
