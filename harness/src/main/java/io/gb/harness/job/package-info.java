/** The values that travel between the parts of a run, and the queue they travel through. */
@NullMarked
package io.gb.harness.job;

import org.jspecify.annotations.NullMarked;
