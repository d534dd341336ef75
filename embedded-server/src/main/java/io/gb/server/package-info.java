/** The server under test: Undertow serving {@code 10k.dat} and the paths that tests need. */
@NullMarked
package io.gb.server;

import org.jspecify.annotations.NullMarked;
