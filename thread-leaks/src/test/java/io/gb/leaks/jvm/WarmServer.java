package io.gb.leaks.jvm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gb.leaks.corpus.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of the JDK in a JVM of its own. Each request to {@code /leak} forgets a pool and a
 * virtual thread; each to {@code /hold} starts threads that wait, and keeps what can wake them.
 */
final class WarmServer {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final List<Object> HELD = new ArrayList<>();
  private static final ConcurrentHashMap<String, Integer> SEEN = new ConcurrentHashMap<>();

  private WarmServer() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(local, 0);
    server.setExecutor(
        args[0].equals("virtual")
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(4));
    server.createContext("/", WarmServer::handle);
    server.start();
    System.out.println(server.getAddress().getPort());
    System.exit(System.in.read());
  }

  private static void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/leak" -> forget();
      case "/hold" -> hold();
      default -> SEEN.merge(path, 1, Integer::sum);
    }
    byte[] body = path.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static void forget() {
    int number = COUNT.incrementAndGet();
    ExecutorService pool =
        Executors.newFixedThreadPool(1, task -> new Thread(task, "leaked-pool-" + number));
    pool.execute(() -> {});
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Threads.startWaiting("leaked-virtual-" + number, true, queue::take);
  }

  private static void hold() {
    int number = COUNT.incrementAndGet();
    ExecutorService pool =
        Executors.newFixedThreadPool(1, task -> new Thread(task, "held-pool-" + number));
    pool.execute(() -> {});
    HELD.add(pool);
  }

  /** Sends requests over one connection that stays open, and reads the responses. */
  static void request(int port, String path, int times) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] request =
          ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[4096];
      for (int i = 0; i < times; i++) {
        socket.getOutputStream().write(request);
        String response = "";
        while (!response.endsWith("\r\n\r\n" + path)) {
          int read = in.read(buffer);
          if (read < 0) {
            throw new IOException("closed after " + response);
          }
          response += new String(buffer, 0, read, StandardCharsets.US_ASCII);
        }
      }
    }
  }
}
