/**
 * The event loop: few threads, each with many connections that it never waits for. What a response
 * says is read where it arrived; bodies are passed over.
 */
@NullMarked
package io.gb.harness.http.loop;

import org.jspecify.annotations.NullMarked;
