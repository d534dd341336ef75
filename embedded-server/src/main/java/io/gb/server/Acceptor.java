package io.gb.server;

import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.xnio.ChannelListener;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;

/**
 * Counts each accepted connection and passes it to the HTTP parser; called on the connection's I/O
 * thread. Accepts all connections that are waiting: XNIO's own adapter accepts one at a time, and
 * logs an error for those that remain when the server closes.
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
      throw new AssertionError("accepting takes from a queue and does no I/O", e);
    }
  }

  private void open(StreamConnection connection) {
    counters.connectionOpened();
    connection.setCloseListener(closed -> counters.connectionClosed());
    http.handleEvent(connection);
  }
}
