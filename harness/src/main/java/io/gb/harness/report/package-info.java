/** Renders the result of a run; knows results, prints nothing. */
@NullMarked
package io.gb.harness.report;

import org.jspecify.annotations.NullMarked;
