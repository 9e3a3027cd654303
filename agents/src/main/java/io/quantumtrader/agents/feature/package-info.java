/** What models see of a market: pure functions over closed candles and the state of the market. */
package io.quantumtrader.agents.feature;
