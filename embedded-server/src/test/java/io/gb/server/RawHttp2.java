package io.gb.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection of HTTP/2 by prior knowledge, frame by frame. */
final class RawHttp2 implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** One frame as received; the payload has a character for each byte. */
  record Frame(int type, int flags, int stream, String payload) {

    ByteBuffer bytes() {
      return ByteBuffer.wrap(payload.getBytes(ISO_8859_1));
    }

    /** The second number of a GOAWAY. */
    int errorCode() {
      return bytes().getInt(4);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connects, and sends the preface and empty settings. */
  static RawHttp2 to(EmbeddedServer server) throws IOException {
    RawHttp2 connection = new RawHttp2(new Socket(server.uri().getHost(), server.port()));
    connection.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    return connection.send(SETTINGS, 0, 0, new byte[0]);
  }

  RawHttp2 send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    out.write(frame.array());
    return this;
  }

  /** Sends a GET with these further headers, names and values in turn, in one frame. */
  RawHttp2 get(int stream, String path, String... headers) throws IOException {
    return send(HEADERS, END_STREAM | END_HEADERS, stream, head(path, headers));
  }

  /** Method GET and scheme http of the static table, the rest as literals (RFC 7541). */
  static byte[] head(String path, String... headers) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x82);
    block.write(0x86);
    block.write(0x04);
    literal(block, path);
    block.write(0x01);
    literal(block, "test");
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0x00);
      literal(block, headers[i]);
      literal(block, headers[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(US_ASCII));
  }

  /** The next frame of that type; those before it are dropped. */
  Frame read(int type) throws IOException {
    Frame frame = read();
    while (frame.type() != type) {
      frame = read();
    }
    return frame;
  }

  private Frame read() throws IOException {
    int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, new String(in.readNBytes(length), ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
