/**
 * The benchmarks of this project's own parts. Build them with {@code mvn package -pl jmh-benchmarks
 * -am}, run them with {@code java -jar jmh-benchmarks/target/benchmarks.jar}; the documentation of
 * each class states its question, how to read the answer, and its command line.
 */
@NullMarked
package io.gb.benchmarks;

import org.jspecify.annotations.NullMarked;
