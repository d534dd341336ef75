/**
 * Asks a JVM, this one or another one on this machine, for heap dumps and for what they lack. No
 * other package of this module asks a JVM anything.
 */
@NullMarked
package io.gb.leaks.jvm;

import org.jspecify.annotations.NullMarked;
