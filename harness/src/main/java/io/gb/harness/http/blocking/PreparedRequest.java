package io.gb.harness.http.blocking;

import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.HttpMessageWriterFactory;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request for HttpCore with its head encoded once. Read-only after construction, so one instance
 * serves all connections.
 */
final class PreparedRequest extends BasicClassicHttpRequest {

  private static final long serialVersionUID = 1L;

  /** Writes the encoded head of a {@link PreparedRequest} as it is. */
  static final HttpMessageWriterFactory<ClassicHttpRequest> WRITERS =
      () -> PreparedRequest::writeHead;

  private final transient byte[] head;

  PreparedRequest(Job job) {
    super(job.method(), job.target());
    for (Header header : job.headers()) {
      addHeader(header.name(), header.value());
    }
    head = job.head().getBytes(StandardCharsets.UTF_8);
    if (job.body().length > 0) {
      setEntity(new ByteArrayEntity(job.body(), (ContentType) null));
    }
  }

  private static void writeHead(
      ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out) throws IOException {
    byte[] head = ((PreparedRequest) request).head;
    buffer.write(head, 0, head.length, out);
  }
}
