/**
 * The kernels: the arithmetic of market state, stops and harvest, in doubles and in a fixed order
 * of operations, so that the same input gives the same bits on every machine. Logarithms and
 * exponentials are {@link java.lang.StrictMath}'s for that reason.
 */
package io.quantumtrader.topology.decision.kernel;
