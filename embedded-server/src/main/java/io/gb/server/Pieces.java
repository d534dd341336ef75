package io.gb.server;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends a body piece by piece, each after the one before it was written, and then ends the
 * exchange. For one exchange; used by its I/O thread only.
 */
final class Pieces implements IoCallback {

  private final long length;
  private final long maxPiece;
  private long sent;

  /**
   * A body of which nothing was sent yet.
   *
   * @param length in bytes, 0 or more
   * @param maxPiece the largest number of bytes to write at once, 1 or more
   */
  Pieces(long length, long maxPiece) {
    this.length = length;
    this.maxPiece = maxPiece;
  }

  @Override
  public void onComplete(HttpServerExchange exchange, Sender sender) {
    if (sent == length) {
      END_EXCHANGE.onComplete(exchange, sender);
    } else {
      ByteBuffer piece = Payload.from(sent, Math.min(maxPiece, length - sent));
      sent += piece.remaining();
      sender.send(piece, this);
    }
  }

  @Override
  public void onException(HttpServerExchange exchange, Sender sender, IOException cause) {
    END_EXCHANGE.onException(exchange, sender, cause);
  }
}
