package io.gb.harness.http.response;

import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Recognizes by its first bytes a server that does not speak HTTP/1.1 where it is spoken to. */
public final class ForeignProtocol {

  /** How many bytes are enough to recognize each of them: the header of a frame of HTTP/2. */
  public static final int ENOUGH = 9;

  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  private ForeignProtocol() {}

  /**
   * {@return the failure that names what the server speaks, or null if that is not known}
   *
   * @param first the first bytes that the server sent without TLS, in an array that may be longer
   * @param from where they begin
   * @param length how many there are
   */
  public static @Nullable ProtocolException of(byte[] first, int from, int length) {
    if (isHttp2(first, from, length)) {
      return new ProtocolException("the server speaks HTTP/2; gb speaks HTTP/1.1");
    }
    // RFC 8446, section 5.1: the type of a record and its version.
    if (length >= 3
        && (first[from] == ALERT || first[from] == HANDSHAKE)
        && first[from + 1] == 3
        && first[from + 2] <= 4) {
      return new ProtocolException("the server speaks TLS on this port: the URL needs https");
    }
    return null;
  }

  /** RFC 9113, sections 3.4 and 4.1: a server's first frame, which belongs to no stream. */
  private static boolean isHttp2(byte[] first, int from, int length) {
    if (length < ENOUGH || first[from] != 0) {
      return false;
    }
    byte type = first[from + 3];
    return (type == SETTINGS || type == GOAWAY)
        && ((first[from + 5] & 0x7f) | first[from + 6] | first[from + 7] | first[from + 8]) == 0;
  }

  /**
   * {@return whether a server that should answer a TLS handshake answers in plain HTTP}
   *
   * @param first its first bytes, in an array that may be longer
   * @param from where they begin
   * @param length how many there are
   */
  public static boolean isPlainHttp(byte[] first, int from, int length) {
    return length >= 4
        && first[from] == 'H'
        && first[from + 1] == 'T'
        && first[from + 2] == 'T'
        && first[from + 3] == 'P';
  }
}
