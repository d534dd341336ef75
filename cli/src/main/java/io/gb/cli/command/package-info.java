/**
 * What all commands share: their options, the console, exit codes, files and what must be cleaned
 * up.
 */
@NullMarked
package io.gb.cli.command;

import org.jspecify.annotations.NullMarked;
