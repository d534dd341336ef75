package io.gb.harness.http.blocking;

import io.gb.harness.http.Origin;
import io.gb.harness.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request for the libraries with its head encoded once. It has no fields that a library could act
 * on: the encoded head is written as it is. Read-only after construction, so one instance serves
 * all connections.
 */
final class PreparedRequest extends BasicClassicHttpRequest {

  private static final long serialVersionUID = 1L;

  private final transient byte[] head;
  private final boolean persistent;

  PreparedRequest(Job job, Origin origin) {
    super(job.method(), host(origin), job.target());
    head = job.head().getBytes(StandardCharsets.UTF_8);
    persistent = job.isPersistent();
    if (job.body().length > 0) {
      setEntity(new ByteArrayEntity(job.body(), (ContentType) null));
    }
  }

  /** Returns the server that requests are for, as HttpClient calls it. */
  static HttpHost host(Origin origin) {
    return new HttpHost(origin.tls() ? "https" : "http", origin.host(), origin.port());
  }

  void writeHead(SessionOutputBuffer buffer, OutputStream out) throws IOException {
    buffer.write(head, 0, head.length, out);
  }

  /** Returns whether the request asks to keep the connection open. */
  boolean isPersistent() {
    return persistent;
  }
}
