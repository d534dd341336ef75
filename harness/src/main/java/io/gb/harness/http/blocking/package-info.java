/**
 * The engines that run each connection on a virtual thread of its own with blocking calls, over
 * Apache HttpCore or the whole of Apache HttpClient.
 *
 * <p>On Java 21 to 23, a virtual thread that waits while it holds a monitor keeps its carrier
 * thread. So nothing here waits inside {@code synchronized}, and neither do the two libraries.
 */
@NullMarked
package io.gb.harness.http.blocking;

import org.jspecify.annotations.NullMarked;
