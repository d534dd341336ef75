@NullMarked
package io.gb.cli.command;

import org.jspecify.annotations.NullMarked;
