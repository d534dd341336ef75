package io.gb.harness.http.blocking;

import io.gb.harness.job.Job;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/** One HttpCore connection, driven step by step: no pool, no route, no protocol interceptors. */
final class CoreConnection extends BlockingConnection {

  private final Http1Config http1;
  private DefaultBHttpClientConnection connection;
  private final HttpCoreContext context = HttpCoreContext.create();

  CoreConnection(BlockingEngine engine, Http1Config http1, byte[] discarded) {
    super(engine, discarded);
    this.http1 = http1;
    connection = unbound(http1);
  }

  private static DefaultBHttpClientConnection unbound(Http1Config http1) {
    return new DefaultBHttpClientConnection(
        http1, null, null, null, null, PreparedRequest.WRITERS, new ResponseParsers(http1));
  }

  @Override
  Response attempt(Job job) throws IOException, HttpException {
    if (!connection.isOpen()) {
      open();
    }
    ClassicHttpRequest request = engine.encode(job);
    connection.sendRequestHeader(request);
    connection.sendRequestEntity(request);
    connection.flush();
    ClassicHttpResponse response = receiveFinalHead(job);
    onHead();
    long bodyBytes = 0;
    if (MessageSupport.canResponseHaveBody(job.method(), response)) {
      connection.receiveResponseEntity(response);
      bodyBytes = drain(job, response.getEntity().getContent());
    }
    onDrained();
    boolean keptAlive =
        engine.config().keepAlive()
            && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
    if (!keptAlive) {
      connection.close();
    }
    return new Response(response.getCode(), bodyBytes, keptAlive);
  }

  private ClassicHttpResponse receiveFinalHead(Job job) throws IOException, HttpException {
    while (true) {
      ClassicHttpResponse response = connection.receiveResponseHeader();
      onResponse(job, response, connection.getSSLSession());
      if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
        throw new ProtocolException("the server switches protocols without being asked to");
      }
      if (response.getCode() >= HttpStatus.SC_SUCCESS) {
        return response;
      }
    }
  }

  private void open() throws IOException {
    List<InetSocketAddress> addresses = engine.addresses();
    for (int i = 0; ; i++) {
      try {
        openTo(addresses.get(i));
        return;
      } catch (IOException e) {
        if (requireSocket().isConnected() || i == addresses.size() - 1) {
          throw e;
        }
      }
    }
  }

  private void openTo(InetSocketAddress address) throws IOException {
    long start = System.nanoTime();
    MeteredSocket socket = openSocket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address);
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
    if (connection.isOpen()) {
      closeSocket();
      connection.close(CloseMode.IMMEDIATE);
      // Bytes of the failed exchange that are left in the buffers must not reach the next socket.
      connection = unbound(http1);
    }
  }
}
