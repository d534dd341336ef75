package io.gb.leaks.jvm;

/**
 * How often a platform thread has waited since it was started. Both counts stay the same while the
 * thread stays in one wait.
 *
 * @param waited how often it has waited or parked
 * @param blocked how often it has stood at the entrance of a monitor
 */
record WaitCounts(long waited, long blocked) {}
