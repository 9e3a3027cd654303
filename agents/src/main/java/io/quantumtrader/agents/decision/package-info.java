/** What the agent thinks of a market, as pure functions. */
package io.quantumtrader.agents.decision;
