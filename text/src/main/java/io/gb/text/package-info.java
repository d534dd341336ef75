/** Shows text that others wrote: names of threads and classes, files, a server's words. */
@NullMarked
package io.gb.text;

import org.jspecify.annotations.NullMarked;
