/**
 * A made-up world that looks for faults: the whole pipeline over topics in memory, a market,
 * agents, operators and an exchange that misbehave by a seed, and the promises that have to hold
 * anyway.
 */
package io.quantumtrader.replay.simulate;
