/** Tests of the reports. */
@NullMarked
package io.gb.harness.report;

import org.jspecify.annotations.NullMarked;
