/** The arithmetic of learning from results: choosing, estimating, and saying how sure that is. */
package io.quantumtrader.agents.learn;
