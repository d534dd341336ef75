@NullMarked
package io.gb.server.tls;

import org.jspecify.annotations.NullMarked;
