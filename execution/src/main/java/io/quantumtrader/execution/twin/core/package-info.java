/**
 * The exchange that the twin is, without servers: prices, orders, positions and money as functions
 * of what is asked and when. It reads no clock and does no input or output; whoever holds it lets
 * one thread in at a time.
 */
package io.quantumtrader.execution.twin.core;
