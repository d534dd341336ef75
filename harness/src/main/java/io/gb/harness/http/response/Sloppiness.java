package io.gb.harness.http.response;

/**
 * A way to break the rules of HTTP/1.1 that leaves no doubt about what a response says. Such a
 * response is read and counted; strict HTTP refuses it.
 */
public enum Sloppiness {
  /** A line of the head, of the trailers or among the chunks ends without a CR. */
  LF_ALONE("a line that ends by LF alone", "9112, 2.2"),
  /** One to nine empty lines come first. */
  EMPTY_LINES_FIRST("empty lines before the status line", "9112, 2.2"),
  /** The parts of the status line are not separated by one blank each. */
  STATUS_LINE_BLANKS("a status line with other blanks", "9112, 4"),
  /** A field goes on in a line that begins with a blank. */
  FOLDED_LINE("a folded line", "9112, 5.2"),
  /** A field has a blank between its name and the colon. */
  BLANK_BEFORE_COLON("a blank before the colon of a field", "9112, 5.1"),
  /** A field has a name with characters that no name may have. */
  FIELD_NAME("a field name that is no token", "9110, 5.1"),
  /** The same length is stated more than once. */
  EQUAL_LENGTHS("equal Content-Lengths", "9110, 8.6"),
  /** The body is chunked, and a length is stated as well. */
  LENGTH_BESIDE_CHUNKS("a Content-Length beside a Transfer-Encoding", "9112, 6.3"),
  /** The body is chunked, which HTTP/1.0 does not know. */
  CHUNKS_IN_1_0("a Transfer-Encoding in HTTP/1.0", "9112, 6.1"),
  /** A comma has nothing before it or nothing behind it. */
  EMPTY_ELEMENT("an empty element in a Content-Length or Transfer-Encoding", "9110, 5.6.1"),
  /** The framing is wrong, but there is no body that it could be the framing of. */
  FRAMING_WITHOUT_BODY("a wrong length or coding where no body can be", "9112, 6.3"),
  /** A chunk's size comes after a blank. */
  BLANK_BEFORE_SIZE("a blank before the size of a chunk", "9112, 7.1"),
  /** The connection ends before the empty line behind the last chunk. */
  NO_LAST_LINE("no empty line behind the last chunk", "9112, 8");

  private final String title;
  private final String section;

  Sloppiness(String title, String section) {
    this.title = title;
    this.section = section;
  }

  /** {@return what such a response has, a noun with its article} */
  public String title() {
    return title;
  }

  /** {@return the RFC and the section that it breaks, or that says how to read it all the same} */
  public String section() {
    return section;
  }

  /** {@return title and section} */
  @Override
  public String toString() {
    return title + " (RFC " + section + ")";
  }
}
