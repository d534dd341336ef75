package io.gb.harness.http;

import java.net.InetSocketAddress;

/**
 * How many connections were established to one address. Immutable.
 *
 * @param address the address
 * @param opened how many connections, 0 or more
 */
public record AddressCount(InetSocketAddress address, long opened) {}
