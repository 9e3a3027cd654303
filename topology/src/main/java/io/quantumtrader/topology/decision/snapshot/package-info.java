/** Values open positions at the market: ledger row, prices since the open, and the last price. */
package io.quantumtrader.topology.decision.snapshot;
