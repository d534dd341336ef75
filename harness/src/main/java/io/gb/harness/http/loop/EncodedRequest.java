package io.gb.harness.http.loop;

import io.gb.harness.job.Job;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a request, encoded once for all connections. Immutable. */
final class EncodedRequest {

  /** A larger body is not copied: there may be no room for a second one. */
  private static final int SMALL_BODY = 64 * 1024;

  private final ByteBuffer start;
  private final ByteBuffer rest;
  private final boolean head;
  private final boolean persistent;

  EncodedRequest(Job job) {
    byte[] encoded = job.head().getBytes(StandardCharsets.UTF_8);
    boolean isSmall = job.body().length <= SMALL_BODY;
    start =
        ByteBuffer.allocateDirect(encoded.length + (isSmall ? job.body().length : 0)).put(encoded);
    if (isSmall) {
      start.put(job.body());
    }
    start.flip();
    rest = ByteBuffer.wrap(isSmall ? new byte[0] : job.body());
    head = job.method().equals("HEAD");
    persistent = job.isPersistent();
  }

  /** Returns the head, and the body if it is small; with a position of its own. */
  ByteBuffer start() {
    return start.duplicate();
  }

  /** Returns the bytes that follow {@link #start()}, with a position of their own. */
  ByteBuffer rest() {
    return rest.duplicate();
  }

  /** Returns whether the method is HEAD: the response has no body, whatever its head says. */
  boolean isHead() {
    return head;
  }

  /** Returns whether the request asks to keep the connection open. */
  boolean isPersistent() {
    return persistent;
  }
}
