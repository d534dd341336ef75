package io.gb.harness.http.blocking;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that measures when bytes arrive and leave, and counts them. With TLS, these are the
 * bytes of the records.
 *
 * <p>One thread uses the streams and reads the measurements; any thread may {@link #close()}.
 */
final class MeteredSocket extends Socket {

  /** Room for a server's part of a TLS handshake up to its key exchange, certificates included. */
  private static final int FIRST_BYTES = 64 * 1024;

  private boolean secured;
  private boolean received;
  private boolean inHead;
  private @Nullable IOException sendFailure;
  private long lastWriteNanos;
  private long firstByteNanos;
  private long bytesReceived;
  private long bytesSent;
  private @Nullable ByteArrayOutputStream firstBytes;

  MeteredSocket() {
    // Without an explicit "no proxy", every connect asks the system's proxy settings.
    super(Proxy.NO_PROXY);
  }

  /** Starts to keep a copy of the bytes received, up to a limit. */
  void keepFirstBytes() {
    firstBytes = new ByteArrayOutputStream();
  }

  /** Returns the copy, empty if there is none, and stops keeping it. */
  byte[] takeFirstBytes() {
    ByteArrayOutputStream kept = firstBytes;
    firstBytes = null;
    return kept == null ? new byte[0] : kept.toByteArray();
  }

  /** Prepares for the next exchange: the next byte received is the first of its response. */
  void startExchange() {
    bytesReceived = 0;
    bytesSent = 0;
    awaitFirstByte();
  }

  private void awaitFirstByte() {
    received = false;
    inHead = true;
    firstByteNanos = 0;
    lastWriteNanos = 0;
    sendFailure = null;
  }

  /**
   * Takes note that the handshake is over. Session tickets may arrive before the response, so from
   * now on the last read of the head counts as its first byte.
   */
  void onSecured() {
    secured = true;
    awaitFirstByte();
  }

  /** Takes note that the head of the response is complete. */
  void onHead() {
    inHead = false;
  }

  /** Returns whether a failure to write caused this exception. */
  @SuppressWarnings("ReferenceEquality") // the same failure, not an equal one
  boolean hasFailedToSend(Throwable e) {
    Throwable cause = e;
    while (cause != null && cause != sendFailure) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Returns whether any byte was sent since the exchange started or the handshake was over. */
  boolean hasSentRequest() {
    return lastWriteNanos != 0;
  }

  /** Returns whether TLS is layered over this socket. */
  boolean isSecured() {
    return secured;
  }

  /** Returns whether any byte has arrived since the exchange started. */
  boolean hasReceived() {
    return received;
  }

  /** Returns the time from the last byte written to the first byte read, 0 if that came earlier. */
  long waitNanos() {
    return Math.max(0, firstByteNanos - lastWriteNanos);
  }

  /** Returns how many bytes have arrived since the exchange started. */
  long bytesReceived() {
    return bytesReceived;
  }

  /** Returns how many bytes have been sent since the exchange started. */
  long bytesSent() {
    return bytesSent;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new MeteredInput(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new MeteredOutput(super.getOutputStream());
  }

  private final class MeteredInput extends FilterInputStream {

    MeteredInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      if (count > 0) {
        if (!received || (secured && inHead)) {
          received = true;
          firstByteNanos = System.nanoTime();
        }
        bytesReceived += count;
        if (firstBytes != null && firstBytes.size() < FIRST_BYTES) {
          firstBytes.write(buffer, offset, count);
        }
      }
      return count;
    }
  }

  private final class MeteredOutput extends FilterOutputStream {

    private static final int PIECE = 1 << 16;

    /**
     * A kept connection has room for that: its write is refused with nothing written, or succeeds.
     */
    private static final int FIRST_PIECE = 4096;

    MeteredOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      // In pieces, so that the bytes sent before a failure are counted.
      int end = offset + length;
      for (int from = offset, piece; from < end; from += piece) {
        piece = Math.min(bytesSent == 0 ? FIRST_PIECE : PIECE, end - from);
        try {
          out.write(buffer, from, piece);
        } catch (IOException e) {
          // The library writes once more when it closes; the first failure is the one it reports.
          sendFailure = sendFailure == null ? e : sendFailure;
          throw e;
        }
        bytesSent += piece;
        lastWriteNanos = System.nanoTime();
      }
    }
  }
}
