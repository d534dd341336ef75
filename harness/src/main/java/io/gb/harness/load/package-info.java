/** How much load: the producer of jobs, the checks of outcomes, and the signal to stop. */
@NullMarked
package io.gb.harness.load;

import org.jspecify.annotations.NullMarked;
