/** What drives a run: the producer of jobs, the judge of outcomes, and the signal to stop. */
@NullMarked
package io.gb.harness.load;

import org.jspecify.annotations.NullMarked;
