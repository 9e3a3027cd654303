/**
 * Compares what an exchange answered in a recorded session with what a twin answers to the same
 * requests. It decides only: no clock, no files, no connections.
 */
package io.quantumtrader.execution.twin.compare;
