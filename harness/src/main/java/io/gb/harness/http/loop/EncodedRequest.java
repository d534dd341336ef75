package io.gb.harness.http.loop;

import io.gb.harness.job.Header;
import io.gb.harness.job.Job;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A job as it goes over the wire, encoded once for all connections. Immutable. */
final class EncodedRequest {

  /** A larger body stays where it is: there may be no room for a second copy. */
  private static final int SMALL_BODY = 64 * 1024;

  private final Job job;
  private final ByteBuffer start;
  private final ByteBuffer rest;
  private final boolean persistent;

  EncodedRequest(Job job) {
    this.job = job;
    StringBuilder head = new StringBuilder(256);
    head.append(job.method()).append(' ').append(job.target()).append(" HTTP/1.1\r\n");
    for (Header header : job.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    byte[] encoded = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    boolean isSmall = job.body().length <= SMALL_BODY;
    start =
        ByteBuffer.allocateDirect(encoded.length + (isSmall ? job.body().length : 0)).put(encoded);
    if (isSmall) {
      start.put(job.body());
    }
    start.flip();
    rest = ByteBuffer.wrap(isSmall ? new byte[0] : job.body());
    persistent =
        job.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("Connection"))
            .flatMap(header -> Arrays.stream(header.value().split(",", -1)))
            .noneMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  Job job() {
    return job;
  }

  /** The head, and the body if it is small; with a position of its own. */
  ByteBuffer start() {
    return start.duplicate();
  }

  /** What comes behind {@link #start()}, with a position of its own. */
  ByteBuffer rest() {
    return rest.duplicate();
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
