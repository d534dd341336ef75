/** Tests that hold the pages of the documentation to the code. */
@NullMarked
package io.gb.cli.docs;

import org.jspecify.annotations.NullMarked;
