package io.gb.harness.http.blocking;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the temporary key of a TLS handshake from the bytes received, because the JDK does not
 * offer it: from the group of the key share in TLS 1.3 (RFC 8446, section 4.2.8), and from the
 * server's key exchange in earlier versions (RFC 8422, section 5.4, and RFC 5246, section 7.4.3).
 * These messages are not encrypted.
 */
final class KeyExchange {

  private static final int HANDSHAKE_RECORD = 22;
  private static final int SERVER_HELLO = 2;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int KEY_SHARE = 51;
  private static final int NAMED_CURVE = 3;

  /** Names and sizes as OpenSSL prints them. */
  private static final Map<Integer, String> GROUPS =
      Map.ofEntries(
          Map.entry(0x17, "ECDH prime256v1 256 bits"),
          Map.entry(0x18, "ECDH secp384r1 384 bits"),
          Map.entry(0x19, "ECDH secp521r1 521 bits"),
          Map.entry(0x1d, "X25519 253 bits"),
          Map.entry(0x1e, "X448 448 bits"),
          Map.entry(0x100, "DH 2048 bits"),
          Map.entry(0x101, "DH 3072 bits"),
          Map.entry(0x102, "DH 4096 bits"),
          Map.entry(0x103, "DH 6144 bits"),
          Map.entry(0x104, "DH 8192 bits"));

  private KeyExchange() {}

  /**
   * Describes the temporary key.
   *
   * @param fromServer the first bytes that the server sent, at least to the end of its key exchange
   * @param cipherSuite the suite that was agreed on, as the JDK names it
   * @return the description as OpenSSL prints it, or empty if there is no such key or it is unknown
   */
  static Optional<String> temporaryKey(byte[] fromServer, String cipherSuite) {
    Optional<String> found = Optional.empty();
    try {
      ByteBuffer messages = handshakeMessages(ByteBuffer.wrap(fromServer));
      while (messages.remaining() >= 4) {
        int type = messages.get();
        ByteBuffer body = take(messages, (messages.get() & 0xff) << 16 | unsignedShort(messages));
        if (type == SERVER_HELLO) {
          found = ofServerHello(body);
        } else if (type == SERVER_KEY_EXCHANGE) {
          found = ofKeyExchange(body, cipherSuite.contains("_ECDHE_"));
        }
      }
    } catch (BufferUnderflowException e) {
      // The bytes end within a message; keep what was found before.
    }
    return found;
  }

  /** Returns the plain handshake messages without the record headers. */
  private static ByteBuffer handshakeMessages(ByteBuffer records) {
    ByteBuffer messages = ByteBuffer.allocate(records.remaining());
    while (records.remaining() >= 5 && records.get() == HANDSHAKE_RECORD) {
      unsignedShort(records);
      messages.put(take(records, unsignedShort(records)));
    }
    return messages.flip();
  }

  private static Optional<String> ofServerHello(ByteBuffer hello) {
    take(hello, 2 + 32);
    take(hello, hello.get() & 0xff);
    take(hello, 2 + 1);
    if (!hello.hasRemaining()) {
      return Optional.empty();
    }
    ByteBuffer extensions = take(hello, unsignedShort(hello));
    while (extensions.hasRemaining()) {
      int type = unsignedShort(extensions);
      ByteBuffer extension = take(extensions, unsignedShort(extensions));
      if (type == KEY_SHARE) {
        return Optional.ofNullable(GROUPS.get(unsignedShort(extension)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofKeyExchange(ByteBuffer exchange, boolean elliptic) {
    if (!elliptic) {
      int primeBytes = unsignedShort(exchange);
      return Optional.of("DH " + 8 * primeBytes + " bits");
    }
    return exchange.get() == NAMED_CURVE
        ? Optional.ofNullable(GROUPS.get(unsignedShort(exchange)))
        : Optional.empty();
  }

  private static int unsignedShort(ByteBuffer buffer) {
    return buffer.getShort() & 0xffff;
  }

  private static ByteBuffer take(ByteBuffer buffer, int length) {
    if (length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer taken = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    return taken;
  }
}
