/** Keys and certificates of servers, among them certificates made at start. */
@NullMarked
package io.gb.server.tls;

import org.jspecify.annotations.NullMarked;
