package io.gb.harness.http.blocking;

import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.HttpMessageWriterFactory;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A job as HttpCore sees it, its head encoded once. Read-only after construction, so one instance
 * serves all connections.
 */
final class PreparedRequest extends BasicClassicHttpRequest {

  private static final long serialVersionUID = 1L;

  /** Writes the encoded head of a {@link PreparedRequest} as it is. */
  static final HttpMessageWriterFactory<ClassicHttpRequest> WRITERS = HeadWriter::new;

  private final transient Job job;
  private final transient byte[] head;

  PreparedRequest(Job job) {
    super(job.method(), job.target());
    this.job = job;
    StringBuilder text = new StringBuilder(256);
    text.append(job.method()).append(' ').append(job.target()).append(" HTTP/1.1\r\n");
    for (Header header : job.headers()) {
      addHeader(header.name(), header.value());
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    text.append("\r\n");
    head = text.toString().getBytes(StandardCharsets.UTF_8);
    if (job.body().length > 0) {
      setEntity(new ByteArrayEntity(job.body(), (ContentType) null));
    }
  }

  Job job() {
    return job;
  }

  private static final class HeadWriter implements HttpMessageWriter<ClassicHttpRequest> {

    @Override
    public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
        throws IOException, HttpException {
      byte[] head = ((PreparedRequest) request).head;
      buffer.write(head, 0, head.length, out);
    }
  }
}
