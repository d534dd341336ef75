/** The values that the parts of a run pass on, the queue between them, and small helpers. */
@NullMarked
package io.gb.harness.job;

import org.jspecify.annotations.NullMarked;
