/**
 * Tests of the queue: its contract, call by call; random runs of many threads against a checker;
 * and queues with a planted fault, to prove that the checker finds what it is there for.
 */
@NullMarked
package io.gb.harness.job;

import org.jspecify.annotations.NullMarked;
