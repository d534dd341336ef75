/** A server to test clients with: Undertow serving {@code 10k.dat} and paths for tests. */
@NullMarked
package io.gb.server;

import org.jspecify.annotations.NullMarked;
