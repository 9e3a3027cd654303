/**
 * What stands between the servers of the twin and its core: the lock, the clock, listen keys,
 * limits, and the faults that are wanted.
 */
package io.quantumtrader.execution.twin.engine;
