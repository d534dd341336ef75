@NullMarked
package io.gb.cli.demo;

import org.jspecify.annotations.NullMarked;
