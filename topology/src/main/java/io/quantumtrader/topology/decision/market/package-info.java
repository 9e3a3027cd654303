/**
 * What the market stage decides about a candle: whether it is taken, held back or dropped, and what
 * follows for closes, true range and turnover.
 */
package io.quantumtrader.topology.decision.market;
