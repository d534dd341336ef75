/**
 * The engines: who owns a connection, sends, drains and classifies.
 *
 * <p>The seam to the rest is {@link io.gb.harness.http.Engine}: it runs a number of connections,
 * each taking jobs from the queue until it is closed and drained, and records outcomes. The engines
 * themselves are in the packages below, of which only {@code blocking} knows HttpClient and
 * HttpCore.
 */
@NullMarked
package io.gb.harness.http;

import org.jspecify.annotations.NullMarked;
