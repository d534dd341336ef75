package io.gb.harness.http.blocking;

import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.http.response.ResponseHead;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import io.gb.text.ForeignText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Opens a tunnel through a proxy with CONNECT, RFC 9110, section 9.3.6. */
final class Tunnel {

  /** The greatest length of what a message quotes. */
  private static final int SHOWN = 60;

  private Tunnel() {}

  /**
   * Opens a tunnel over a connection to the proxy. Reads no byte beyond the proxy's response.
   *
   * @throws IOException if the proxy refuses, or its response is not HTTP
   */
  static void open(Socket socket, Origin origin, ProxyServer proxy) throws IOException {
    String authority = origin.hostAndPort();
    List<Header> headers = new ArrayList<>(List.of(new Header("Host", authority)));
    if (proxy.authorization() != null) {
      headers.add(new Header("Proxy-Authorization", proxy.authorization()));
    }
    Job connect = new Job("CONNECT", authority, headers, new byte[0]);
    socket.getOutputStream().write(connect.head().getBytes(StandardCharsets.UTF_8));
    ResponseHead head = readFinalHead(socket.getInputStream());
    if (head.status() < 200 || head.status() > 299) {
      String statusLine = head.text().lines().findFirst().orElse("");
      throw new IOException("the proxy refused the tunnel: " + ForeignText.line(statusLine, SHOWN));
    }
  }

  private static ResponseHead readFinalHead(InputStream in) throws IOException {
    ResponseHead head = new ResponseHead(false);
    // A tunnel has no body, whatever the head says: RFC 9110, section 9.3.6.
    head.begin(true, true);
    ByteBuffer bytes = ByteBuffer.allocate(512);
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the proxy closed the connection instead of opening a tunnel");
      }
      bytes.put((byte) next);
      if (next == '\n' || !bytes.hasRemaining()) {
        boolean complete = read(head, bytes.flip());
        if (complete && (head.status() >= 200 || head.status() == 101)) {
          return head;
        }
        if (complete) {
          head.next(true);
        }
        bytes = behind(bytes);
      }
    }
  }

  private static boolean read(ResponseHead head, ByteBuffer bytes) throws ProtocolException {
    try {
      return head.read(bytes);
    } catch (ProtocolException e) {
      throw new ProtocolException("the proxy's answer is not HTTP: " + e.getMessage());
    }
  }

  /** Makes room behind the bytes that are left. */
  private static ByteBuffer behind(ByteBuffer bytes) {
    bytes.compact();
    return bytes.hasRemaining()
        ? bytes
        : ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
  }
}
