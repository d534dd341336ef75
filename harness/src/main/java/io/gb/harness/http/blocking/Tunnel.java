package io.gb.harness.http.blocking;

import io.gb.harness.http.Origin;
import io.gb.harness.http.ProxyServer;
import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Opens a tunnel through a proxy with CONNECT, RFC 9110, section 9.3.6. */
final class Tunnel {

  private static final int LONGEST_HEAD = 64 * 1024;

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
    String head = readHead(socket.getInputStream());
    String statusLine = head.lines().findFirst().orElse("");
    if (!statusLine.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      throw new ProtocolException("the proxy's answer is not HTTP");
    }
    if (statusLine.charAt(9) != '2') {
      throw new IOException("the proxy refused the tunnel: " + statusLine);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the proxy closed the connection instead of opening a tunnel");
      }
      if (head.length() == LONGEST_HEAD) {
        throw new ProtocolException("the proxy's answer has no end");
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
