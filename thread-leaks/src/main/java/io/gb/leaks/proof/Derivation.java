package io.gb.leaks.proof;

import java.util.List;

/**
 * A proof, and what it takes to check it.
 *
 * @param marking what live threads reach
 * @param leaked the threads that are proven to be leaked
 */
record Derivation(Proof proof, Marking marking, List<ThreadNode> leaked) {}
