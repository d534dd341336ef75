/** Tests of the renderers, against golden files. */
@NullMarked
package io.gb.compare.report;

import org.jspecify.annotations.NullMarked;
