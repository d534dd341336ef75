package io.gb.server;

import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/**
 * Counts each accepted connection and hands it to the HTTP parser; called on the connection's I/O
 * thread. It takes every connection that waits: XNIO's own adapter takes one at a time, and those
 * left over when the server closes are logged as errors.
 */
record Acceptor(HttpOpenListener http, Counters counters)
    implements ChannelListener<AcceptingChannel<StreamConnection>> {

  @Override
  public void handleEvent(AcceptingChannel<StreamConnection> listener) {
    try {
      StreamConnection connection = listener.accept();
      while (connection != null) {
        open(connection);
        connection = listener.accept();
      }
    } catch (ClosedChannelException e) {
      // The server is closing; its threads close what has been accepted.
    } catch (IOException e) {
      throw new AssertionError("accepting from a queue does no I/O", e);
    }
  }

  private void open(StreamConnection connection) {
    counters.connectionOpened();
    connection.setCloseListener(closed -> counters.connectionClosed());
    http.handleEvent(connection);
  }
}
