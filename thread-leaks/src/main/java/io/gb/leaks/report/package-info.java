/** Renders reports on leaked threads. The values that are rendered do not know these classes. */
@NullMarked
package io.gb.leaks.report;

import org.jspecify.annotations.NullMarked;
