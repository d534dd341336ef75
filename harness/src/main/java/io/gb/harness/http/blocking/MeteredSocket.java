package io.gb.harness.http.blocking;

import io.gb.harness.http.response.ForeignProtocol;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that measures when bytes arrive and leave, and counts them. With TLS, these are the
 * bytes of the records.
 *
 * <p>A write that fails after others of the same exchange, or on a new connection, seems to
 * succeed, and so do all behind it: the server may have answered before it closed the connection,
 * and the libraries read only after they have written. Whoever uses the socket asks for {@link
 * #sendFailure()} afterwards.
 *
 * <p>One thread reads, and one writes; the measurements may be read when the writing has ended. Any
 * thread may {@link #close()}.
 */
final class MeteredSocket extends Socket {

  /** Room for a server's part of a TLS handshake up to its key exchange, certificates included. */
  private static final int FIRST_BYTES = 64 * 1024;

  private boolean kept;
  private boolean uploading;
  private boolean handshaking;
  private boolean plainHttp;
  private boolean secured;
  private boolean received;
  private boolean inHead;
  private boolean refused;
  private volatile boolean ended;
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

  /**
   * Prepares for the next exchange: the next byte received is the first of its response.
   *
   * @param isKept whether the connection has served another exchange
   */
  void startExchange(boolean isKept) {
    kept = isKept;
    uploading = false;
    bytesReceived = 0;
    bytesSent = 0;
    awaitFirstByte();
  }

  private void awaitFirstByte() {
    received = false;
    inHead = true;
    firstByteNanos = 0;
    lastWriteNanos = 0;
    refused = false;
    ended = false;
    sendFailure = null;
  }

  /** Takes note that one thread reads while another writes, so that writes may fail openly. */
  void onUpload() {
    uploading = true;
  }

  /** Takes note that the next byte received belongs to a TLS handshake. */
  void onHandshake() {
    handshaking = true;
    received = false;
  }

  /** Returns whether the server has answered the handshake in plain HTTP. */
  boolean hasReceivedPlainHttp() {
    return plainHttp;
  }

  /**
   * Takes note that the handshake is over. Session tickets may arrive before the response, so from
   * now on the last read of the head counts as its first byte.
   */
  void onSecured() {
    handshaking = false;
    secured = true;
    awaitFirstByte();
  }

  /** Takes note that the head of the response is complete. */
  void onHead() {
    inHead = false;
  }

  /** Returns whether the first write of the exchange failed, so that nothing was written. */
  boolean isRefused() {
    return refused;
  }

  /** Returns the first failure to write that was passed over; null if there was none. */
  @Nullable IOException sendFailure() {
    return sendFailure;
  }

  /** Returns whether the server has ended the TCP connection. */
  boolean hasEnded() {
    return ended;
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
      int count;
      try {
        count = in.read(buffer, offset, length);
      } catch (IOException e) {
        ended = true;
        throw e;
      }
      if (count < 0) {
        ended = true;
      } else if (count > 0) {
        if (!received && !secured) {
          recognize(buffer, offset, count);
        }
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

    /**
     * Fails at once if the server speaks another protocol, of which the library may wait for more.
     */
    private void recognize(byte[] buffer, int offset, int count) throws ProtocolException {
      if (handshaking) {
        plainHttp = ForeignProtocol.isPlainHttp(buffer, offset, count);
      } else {
        ProtocolException foreign = ForeignProtocol.of(buffer, offset, count);
        if (foreign != null) {
          received = true;
          bytesReceived += count;
          throw foreign;
        }
      }
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
      for (int from = offset, piece; from < end && sendFailure == null; from += piece) {
        piece = Math.min(bytesSent == 0 ? FIRST_PIECE : PIECE, end - from);
        try {
          out.write(buffer, from, piece);
        } catch (IOException e) {
          refused = kept && bytesSent == 0;
          // Also behind the end of the connection, when the library closes its own.
          if (refused || ended) {
            throw e;
          }
          sendFailure = e;
          if (uploading) {
            throw e;
          }
          return;
        }
        bytesSent += piece;
        lastWriteNanos = System.nanoTime();
      }
    }
  }
}
