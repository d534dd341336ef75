/** {@code gb demo}: its options, its runs in fresh JVMs, and what it prints. */
@NullMarked
package io.gb.cli.demo;

import org.jspecify.annotations.NullMarked;
