/**
 * The engines, which own connections, send requests, read responses and classify failures.
 *
 * <p>{@link io.gb.harness.http.Engine} is their interface to the rest. The engines themselves are
 * in the packages below, of which only {@code blocking} uses HttpClient and HttpCore.
 */
@NullMarked
package io.gb.harness.http;

import org.jspecify.annotations.NullMarked;
