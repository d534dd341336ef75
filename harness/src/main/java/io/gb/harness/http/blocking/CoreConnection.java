package io.gb.harness.http.blocking;

import io.gb.harness.job.Job;
import io.gb.harness.job.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.io.CloseMode;

/** One HttpCore connection, driven step by step: no pool, no route, no protocol interceptors. */
final class CoreConnection extends BlockingConnection {

  private final Http1Config http1;
  private DefaultBHttpClientConnection connection;

  CoreConnection(BlockingEngine engine, Http1Config http1, byte[] discarded) {
    super(engine, discarded);
    this.http1 = http1;
    connection = unbound();
  }

  private DefaultBHttpClientConnection unbound() {
    return new DefaultBHttpClientConnection(
        http1,
        null,
        null,
        null,
        // The encoded head states the length already.
        request -> ((PreparedRequest) request).getEntity().getContentLength(),
        () -> (request, buffer, out) -> ((PreparedRequest) request).writeHead(buffer, out),
        unused -> reader);
  }

  @Override
  Outcome.Completed attempt(Job job) throws IOException, HttpException {
    if (!connection.isOpen()) {
      connect(this::open);
    }
    PreparedRequest request = engine.encode(job);
    int status = converse(connection, request, job).getCode();
    onHead();
    long bodyBytes = drain(job);
    Outcome.Completed completed =
        complete(
            status,
            bodyBytes,
            engine.config().keepAlive() && request.isPersistent() && reader.allowsAnother());
    if (!completed.keptAlive()) {
      try {
        connection.close();
      } catch (IOException e) {
        // The exchange is complete, and the socket is closed even if the farewell fails; the bytes
        // that are left in the buffers must not reach the next socket.
        connection = unbound();
      }
    }
    return completed;
  }

  private void open(InetSocketAddress address, int limitMillis) throws IOException {
    long start = System.nanoTime();
    MeteredSocket socket = openSocket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, limitMillis);
      onConnected(System.nanoTime() - start);
      if (engine.origin().tls()) {
        connection.bind(secure(socket), socket);
      } else {
        connection.bind(socket);
      }
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  boolean isStale() throws IOException {
    return connection.isStale();
  }

  @Override
  boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  void discard() {
    reader.release();
    if (connection.isOpen()) {
      closeSocket();
      connection.close(CloseMode.IMMEDIATE);
      // Bytes of the failed exchange that are left in the buffers must not reach the next socket.
      connection = unbound();
    }
  }
}
