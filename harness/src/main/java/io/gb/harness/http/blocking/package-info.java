/**
 * The engines that run each connection on a virtual thread of its own with blocking calls, over
 * Apache HttpCore or the whole of Apache HttpClient.
 */
@NullMarked
package io.gb.harness.http.blocking;

import org.jspecify.annotations.NullMarked;
