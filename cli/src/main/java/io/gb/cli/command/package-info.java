/** What all commands share: the option table, the console, exit codes, output files and cleanup. */
@NullMarked
package io.gb.cli.command;

import org.jspecify.annotations.NullMarked;
