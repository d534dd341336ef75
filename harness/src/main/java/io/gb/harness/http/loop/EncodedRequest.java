package io.gb.harness.http.loop;

import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A job as it goes over the wire, encoded once for all connections. Immutable. */
final class EncodedRequest {

  private final Job job;
  private final ByteBuffer bytes;
  private final boolean persistent;

  EncodedRequest(Job job) {
    this.job = job;
    StringBuilder head = new StringBuilder(256);
    head.append(job.method()).append(' ').append(job.target()).append(" HTTP/1.1\r\n");
    for (Header header : job.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    byte[] encoded = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    bytes =
        ByteBuffer.allocateDirect(encoded.length + job.body().length)
            .put(encoded)
            .put(job.body())
            .flip()
            .asReadOnlyBuffer();
    persistent =
        job.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("Connection"))
            .flatMap(header -> Arrays.stream(header.value().split(",", -1)))
            .noneMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  Job job() {
    return job;
  }

  /** All of it, with a position of its own. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** Whether the response has no body, whatever its head says. */
  boolean isHead() {
    return job.method().equals("HEAD");
  }

  /** Whether the request leaves the connection open. */
  boolean isPersistent() {
    return persistent;
  }
}
