/**
 * The event loop: few threads, each with many connections and no blocking call. Response heads are
 * parsed in the buffer they were read into; bodies are skipped.
 */
@NullMarked
package io.gb.harness.http.loop;

import org.jspecify.annotations.NullMarked;
