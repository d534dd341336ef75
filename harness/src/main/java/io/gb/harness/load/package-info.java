/** How much load: the producer of jobs, and the checks of outcomes. */
@NullMarked
package io.gb.harness.load;

import org.jspecify.annotations.NullMarked;
