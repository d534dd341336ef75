package io.gb.demo;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Sends over HTTP with keep-alive, from a pool with enough connections for all workers. */
public final class HttpSender implements Sender {

  private static final TimeValue IDLE = TimeValue.ofMinutes(10);

  private final URI uri;
  private final CloseableHttpClient client;
  private final @Nullable IdleConnectionEvictor evictor;

  private HttpSender(URI uri, int connections, boolean withEvictor) {
    this.uri = uri;
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(connections)
            .setMaxConnPerRoute(connections)
            .build();
    client = HttpClients.createMinimal(pool);
    evictor = withEvictor ? new IdleConnectionEvictor(pool, IDLE) : null;
  }

  /**
   * {@return a new sender, which connects when it sends}
   *
   * @param variant decides whether a thread closes idle connections
   * @param uri the URL to get
   * @param workers how many workers send at once
   */
  public static HttpSender open(Variant variant, URI uri, int workers) {
    boolean withEvictor =
        variant == Variant.IDLE_CONNECTIONS || variant == Variant.CLOSED_CONNECTIONS;
    // A worker can have an exchange under way beside one that it has abandoned.
    HttpSender sender = new HttpSender(uri, 2 * workers, withEvictor);
    if (sender.evictor != null) {
      sender.evictor.start();
    }
    return sender;
  }

  @Override
  public void send(Runnable meanwhile) throws IOException {
    int status =
        client.execute(
            new HttpGet(uri),
            response -> {
              meanwhile.run();
              EntityUtils.consume(response.getEntity());
              return response.getCode();
            });
    if (status != 200) {
      throw new IOException(uri + ": answered with " + status);
    }
  }

  @Override
  public void close() {
    if (evictor != null) {
      evictor.shutdown();
    }
    client.close(CloseMode.GRACEFUL);
  }
}
