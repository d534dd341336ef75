/** Tests of the server under test, from outside: over sockets and {@code java.net.http}. */
@NullMarked
package io.gb.server;

import org.jspecify.annotations.NullMarked;
