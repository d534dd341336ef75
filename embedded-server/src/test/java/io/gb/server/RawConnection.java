package io.gb.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** One TCP connection on which a test sees every byte. Not thread-safe. */
final class RawConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  static RawConnection to(EmbeddedServer server) throws IOException {
    URI uri = server.uri();
    Socket socket = new Socket(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new RawConnection(socket);
  }

  /** Sends the lines as a request head: each ends in CR LF, and an empty one follows. */
  RawConnection send(String... lines) throws IOException {
    return write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Sends {@code text} as it is. */
  RawConnection write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends a GET of HTTP/1.1. */
  RawConnection get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1", "Host: test");
  }

  /** The lines of a response's head without the empty one. */
  List<String> readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      head.append(line).append('\n');
    }
    return head.toString().lines().toList();
  }

  /** One line without its CR LF; what came so far if the stream ends. */
  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != -1 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  byte[] readBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Everything until the server closes the connection. */
  byte[] readToEnd() throws IOException {
    return in.readAllBytes();
  }

  /** Reads and drops everything until {@code limit} bytes have come or the stream ends. */
  long skip(long limit) throws IOException {
    byte[] buffer = new byte[1 << 20];
    long total = 0;
    while (total < limit) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, limit - total));
      if (read == -1) {
        return total;
      }
      total += read;
    }
    return total;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
