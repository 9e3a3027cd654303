/**
 * A real market in wall time: what is asked of the exchange when, and what to do without answer.
 */
package io.quantumtrader.market.live;
