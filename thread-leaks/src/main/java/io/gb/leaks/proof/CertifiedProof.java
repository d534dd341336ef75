package io.gb.leaks.proof;

/** A proof, and what it takes to check it. */
record CertifiedProof(Proof proof, Certificate certificate) {}
