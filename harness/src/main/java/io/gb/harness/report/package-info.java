/** Renders the result of a run as text; prints nothing. */
@NullMarked
package io.gb.harness.report;

import org.jspecify.annotations.NullMarked;
