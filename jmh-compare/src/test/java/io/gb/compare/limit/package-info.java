/** Tests of gates and budgets. */
@NullMarked
package io.gb.compare.limit;

import org.jspecify.annotations.NullMarked;
