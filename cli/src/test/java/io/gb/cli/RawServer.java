package io.gb.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on plain sockets of 127.0.0.1 that records each request byte by byte. Each connection
 * has a virtual thread; {@link #close} ends them all. Thread-safe.
 */
public final class RawServer implements AutoCloseable {

  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\ncontent-length: *([0-9]+)");
  private static final String HELLO =
      "HTTP/1.1 200 OK\r\nServer: raw/1.0 (test)\r\nContent-Length: 5\r\n\r\nhello";
  private static final String NO_BODY = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

  private final ServerSocket listener =
      new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
  private final Conversation conversation;
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  /** Serves one connection, which is closed when this returns. */
  @FunctionalInterface
  private interface Conversation {
    void hold(RawServer server, InputStream in, OutputStream out) throws IOException;
  }

  private RawServer(Conversation conversation) throws IOException {
    this.conversation = conversation;
    threads.add(Thread.ofVirtual().name("raw-server").start(this::accept));
  }

  /** Answers every request with five bytes and keeps the connection. */
  public static RawServer friendly() throws IOException {
    return answering(HELLO);
  }

  /** Answers every request with these bytes and keeps the connection. */
  public static RawServer answering(String response) throws IOException {
    return new RawServer((server, in, out) -> {
      while (server.receive(in)) {
        String request = server.requests().getLast();
        out.write((request.startsWith("HEAD") ? NO_BODY : response).getBytes(ISO_8859_1));
        out.flush();
      }
    });
  }

  /**
   * Answers each request as {@code answers} says, and closes the connection after an answer unless
   * the client wants to keep it.
   *
   * @param answers gives the answer for each request
   */
  public static RawServer obeying(Answers answers) throws IOException {
    return new RawServer((server, in, out) -> {
      boolean open = true;
      while (open && server.receive(in)) {
        String request = server.requests().getLast();
        Answer answer = answers.to(request, server.requests().size());
        boolean wanted = request.contains("\r\nConnection: Keep-Alive\r\n");
        open = wanted && !answer.endsConnection();
        out.write(answer.bytes(request.startsWith("HEAD"), open).getBytes(ISO_8859_1));
        out.flush();
      }
    });
  }

  /** Gives the answers of {@link #obeying}. */
  @FunctionalInterface
  public interface Answers {
    /**
     * The answer to a request.
     *
     * @param request its head and body
     * @param number how many requests have arrived so far, this one included
     */
    Answer to(String request, int number);
  }

  /**
   * An answer of {@link #obeying}.
   *
   * @param status for example {@code 200 OK}
   * @param headers header lines that each end in CR LF
   * @param body the body
   * @param endsConnection whether the connection is closed after it even if the client keeps it
   */
  public record Answer(String status, String headers, String body, boolean endsConnection) {

    /** An answer with a Content-Length. */
    public static Answer of(String status, String body) {
      return new Answer(status, "Content-Length: " + body.length() + "\r\n", body, false);
    }

    private String bytes(boolean head, boolean open) {
      return "HTTP/1.1 "
          + status
          + "\r\nServer: raw/1.0 (test)\r\n"
          + headers
          + "Connection: "
          + (open ? "Keep-Alive" : "close")
          + "\r\n\r\n"
          + (head ? "" : body);
    }
  }

  /** Reads one request and closes the connection without an answer. */
  public static RawServer hangingUp() throws IOException {
    return new RawServer((server, in, out) -> server.receive(in));
  }

  /** Answers the first request of each connection, and closes it after the second. */
  public static RawServer closingInsteadOfEverySecondAnswer() throws IOException {
    return new RawServer((server, in, out) -> {
      if (server.receive(in)) {
        out.write(HELLO.getBytes(ISO_8859_1));
        out.flush();
        server.receive(in);
      }
    });
  }

  /** Reads everything and never answers. */
  public static RawServer silent() throws IOException {
    return new RawServer((server, in, out) -> in.transferTo(OutputStream.nullOutputStream()));
  }

  /** A port of 127.0.0.1 on which nothing listens. */
  public static int refusedPort() throws IOException {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return unused.getLocalPort();
    }
  }

  /** The port that this server listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Host and port, as in a URL. */
  public String authority() {
    return "127.0.0.1:" + port();
  }

  /** The URL of the root. */
  public String url() {
    return "http://" + authority() + "/";
  }

  /** The requests so far, head and body, in the order of their arrival. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Waits until at least so many requests have arrived. */
  public synchronized void awaitRequests(int count) throws InterruptedException {
    while (requests.size() < count) {
      wait();
    }
  }

  /** The header lines of the only request; fails if there is not exactly one. */
  public List<String> headers() {
    List<String> all = requests();
    if (all.size() != 1) {
      throw new AssertionError("not one request: " + all);
    }
    return all.getFirst().lines().skip(1).takeWhile(line -> !line.isEmpty()).toList();
  }

  /** The number of connections accepted so far. */
  public synchronized int connections() {
    return sockets.size();
  }

  private void accept() {
    try {
      while (true) {
        begin(listener.accept());
      }
    } catch (IOException e) {
      // The listener was closed.
    }
  }

  private synchronized void begin(Socket socket) throws IOException {
    sockets.add(socket);
    if (listener.isClosed()) {
      socket.close();
      return;
    }
    threads.add(Thread.ofVirtual().name("raw-connection").start(() -> converse(socket)));
  }

  private void converse(Socket socket) {
    try (socket) {
      conversation.hold(
          this, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException e) {
      // The client or close() has closed the connection.
    }
  }

  private boolean receive(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      bytes.write(next);
    }
    Matcher length = CONTENT_LENGTH.matcher(bytes.toString(ISO_8859_1));
    if (length.find()) {
      bytes.write(in.readNBytes(Integer.parseInt(length.group(1))));
    }
    synchronized (this) {
      requests.add(bytes.toString(UTF_8));
      notifyAll();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    List<Thread> toJoin;
    synchronized (this) {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
      toJoin = List.copyOf(threads);
    }
    toJoin.forEach(RawServer::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + thread.getName() + " ends", e);
    }
  }
}
