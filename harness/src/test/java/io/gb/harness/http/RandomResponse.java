package io.gb.harness.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A valid response drawn at random.
 *
 * @param method the method of the request that it answers
 * @param bytes all of it, a character a byte
 * @param seen what is to be made of it
 */
record RandomResponse(String method, String bytes, Seen seen) {

  private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzXYZ";
  private static final List<Integer> STATUSES = List.of(200, 200, 200, 204, 304, 404, 500);
  private static final List<Integer> INTERIM = List.of(100, 102, 103, 199);

  static RandomResponse draw(RandomGenerator random) {
    return new Draw(random).response();
  }

  /** Cuts it at random. The server closes the connection if the response says so. */
  Exchange exchange(RandomGenerator random) {
    return Exchange.cutAtRandom(method, bytes, !seen.reusable(), random);
  }

  /** One being drawn. */
  private static final class Draw {

    private final RandomGenerator random;
    private final StringBuilder bytes = new StringBuilder();
    private final List<String> fields = new ArrayList<>();

    Draw(RandomGenerator random) {
      this.random = random;
    }

    RandomResponse response() {
      String method = oneIn(10) ? "HEAD" : "GET";
      while (oneIn(8)) {
        head('1', INTERIM.get(random.nextInt(INTERIM.size())));
      }
      char minor = oneIn(5) ? '0' : oneIn(20) ? (char) ('2' + random.nextInt(8)) : '1';
      int status =
          oneIn(4) ? random.nextInt(200, 1000) : STATUSES.get(random.nextInt(STATUSES.size()));
      boolean canHaveBody = !method.equals("HEAD") && status != 204 && status != 304;
      boolean persistent = connection(minor);
      String body = "";
      int length = 0;
      if (canHaveBody) {
        length = length();
        if (minor != '0' && random.nextBoolean()) {
          fields.add(field("Transfer-Encoding", anyCase("chunked")));
          body = chunks(length);
        } else {
          body = content(length);
          if (oneIn(6)) {
            persistent = false;
          } else {
            fields.add(field("Content-Length", "0".repeat(random.nextInt(3)) + length));
          }
        }
      } else if (status != 204 && random.nextBoolean()) {
        fields.add(
            minor != '0' && random.nextBoolean()
                ? field("Transfer-Encoding", "chunked")
                : field("Content-Length", Integer.toString(random.nextInt(100_000))));
      }
      head(minor, status);
      bytes.append(body);
      return new RandomResponse(
          method, bytes.toString(), Seen.completed(status, length, persistent));
    }

    private boolean oneIn(int many) {
      return random.nextInt(many) == 0;
    }

    private int length() {
      return oneIn(100) ? random.nextInt(100_000) : oneIn(3) ? 0 : random.nextInt(300);
    }

    /** Writes a head with the fields so far, in any order among others. */
    private void head(char minor, int status) {
      bytes.append("HTTP/1.").append(minor).append(' ').append(status);
      if (!oneIn(10)) {
        bytes.append(' ').append(text(random.nextInt(20)));
      }
      bytes.append("\r\n");
      for (int i = random.nextInt(6); i > 0; i--) {
        fields.add(random.nextInt(fields.size() + 1), field(name(), text(random.nextInt(40))));
      }
      fields.forEach(bytes::append);
      fields.clear();
      bytes.append("\r\n");
    }

    /** Adds Connection fields, or none; returns whether they let the connection live. */
    private boolean connection(char minor) {
      List<String> options = new ArrayList<>();
      boolean close = oneIn(6);
      boolean keepAlive = !close && oneIn(3);
      if (close || keepAlive) {
        options.add(anyCase(close ? "close" : "keep-alive"));
      }
      if (oneIn(8)) {
        options.add(random.nextInt(options.size() + 1), oneIn(2) ? "" : name());
      }
      if (oneIn(4)) {
        options.forEach(option -> fields.add(field("Connection", option)));
      } else if (!options.isEmpty()) {
        fields.add(field("Connection", String.join(blanks() + "," + blanks(), options)));
      }
      return !close && (minor != '0' || keepAlive);
    }

    private String field(String name, String value) {
      return anyCase(name) + ":" + blanks() + value + blanks() + "\r\n";
    }

    /** Of no meaning to a client. */
    private String name() {
      StringBuilder name = new StringBuilder("x");
      for (int i = random.nextInt(20); i > 0; i--) {
        name.append(TOKEN.charAt(random.nextInt(TOKEN.length())));
      }
      return name.toString();
    }

    private String anyCase(String text) {
      return switch (random.nextInt(4)) {
        case 0 -> text.toLowerCase(Locale.ROOT);
        case 1 -> text.toUpperCase(Locale.ROOT);
        default -> text;
      };
    }

    private String blanks() {
      return oneIn(5) ? " \t ".substring(random.nextInt(3)) : oneIn(4) ? "" : " ";
    }

    /** Visible characters, blanks, and bytes beyond ASCII. */
    private String text(int length) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append(
            oneIn(20)
                ? random.nextInt(2) == 0 ? '\t' : (char) random.nextInt(128, 256)
                : (char) random.nextInt(' ', 127));
      }
      return text.toString();
    }

    private String content(int length) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      return new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private String chunks(int length) {
      StringBuilder chunks = new StringBuilder();
      for (int left = length; left > 0; ) {
        int size = Math.min(left, 1 + random.nextInt(oneIn(3) ? 20 : length));
        chunks.append(size(size)).append(content(size)).append("\r\n");
        left -= size;
      }
      chunks.append(size(0));
      while (oneIn(4)) {
        chunks.append(field(name(), text(random.nextInt(20))));
      }
      return chunks.append("\r\n").toString();
    }

    private String size(int size) {
      String digits = "0".repeat(oneIn(5) ? random.nextInt(20) : 0) + Integer.toHexString(size);
      String extension = oneIn(5) ? blanks() + ";" + blanks() + text(random.nextInt(10)) : "";
      return anyCase(digits) + extension + "\r\n";
    }
  }
}
