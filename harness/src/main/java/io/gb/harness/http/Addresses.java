package io.gb.harness.http;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * The addresses of a server, and in which order a new connection tries them: RFC 8305 with one
 * attempt after another instead of several at once, so that a server never sees a connection that
 * gb gives up for a faster one. Thread-safe; {@link Attempts} belongs to one connection.
 *
 * <p>Each address in turn has a quarter of a second, or less if the deadline is near; one that has
 * answered before has half of the deadline. If no address has answered by then, each has an equal
 * share of the time that is left, because the way to the server may be a slow one. The next
 * connection begins with the address that answered last, or with the next one if connections are to
 * be spread over all of them.
 */
public final class Addresses {

  /** The connection attempt delay of RFC 8305, section 5. */
  private static final long ATTEMPT_DELAY = TimeUnit.MILLISECONDS.toNanos(250);

  private final List<InetSocketAddress> all;
  private final boolean every;
  private final long timeoutNanos;
  private final AtomicInteger first = new AtomicInteger();
  private final AtomicLongArray opened;

  /**
   * Creates addresses that no connection was made to.
   *
   * @param all the addresses in the resolver's order, at least one
   * @param config how to connect
   */
  Addresses(List<InetSocketAddress> all, ConnectionConfig config) {
    this.all = List.copyOf(all);
    every = config.transport().everyAddress();
    timeoutNanos = config.timeout().toNanos();
    opened = new AtomicLongArray(all.size());
  }

  /** {@return whether there is more than one, so that attempts may have a time limit} */
  public boolean areSeveral() {
    return all.size() > 1;
  }

  /** {@return the attempts of one connection} */
  public Attempts attempts() {
    return new Attempts();
  }

  /** {@return how many connections were established to each address, in the resolver's order} */
  List<AddressCount> counts() {
    return IntStream.range(0, all.size())
        .mapToObj(i -> new AddressCount(all.get(i), opened.get(i)))
        .toList();
  }

  /** The attempts of one connection, which it begins anew whenever it connects. Not thread-safe. */
  public final class Attempts {

    private int begin;
    private int number = -1;
    private boolean hadNoAnswer;
    private long deadline;
    private long limitNanos;

    private Attempts() {}

    /**
     * Begins with the first attempt.
     *
     * @param startNanos the {@link System#nanoTime()} at which the request began
     */
    public void begin(long startNanos) {
      begin = every ? Math.floorMod(first.getAndIncrement(), all.size()) : first.get();
      number = -1;
      hadNoAnswer = false;
      deadline = startNanos + timeoutNanos;
    }

    /** {@return the address to connect to now, after {@link #hasNext} or {@link #begin}} */
    public InetSocketAddress next() {
      number++;
      limitNanos = limit();
      return all.get(index());
    }

    /** {@return whether there is another address to try} */
    public boolean hasNext() {
      return number + 1 < (hadNoAnswer ? 2 : 1) * all.size();
    }

    /** {@return how long the attempt may take, in nanoseconds; the longest value for no limit} */
    public long limitNanos() {
      return limitNanos;
    }

    private long limit() {
      int size = all.size();
      if (size == 1 || number == 2 * size - 1) {
        return Long.MAX_VALUE;
      }
      if (number >= size) {
        return Math.max(0, deadline - System.nanoTime()) / (2 * size - number);
      }
      return opened.get(index()) > 0
          ? timeoutNanos / 2
          : Math.min(ATTEMPT_DELAY, timeoutNanos / 2 / size);
    }

    /** Takes note that the attempt has reached its limit. */
    public void onLimit() {
      hadNoAnswer = true;
    }

    /** Takes note that the attempt has led to a connection. */
    public void onConnected() {
      opened.incrementAndGet(index());
      if (!every && first.get() != index()) {
        first.set(index());
      }
    }

    private int index() {
      return (begin + number) % all.size();
    }
  }
}
