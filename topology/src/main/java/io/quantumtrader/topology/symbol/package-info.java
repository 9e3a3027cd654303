/** Wiring of the symbol sub-topology: candles to market states, ledger rows to valued positions. */
package io.quantumtrader.topology.symbol;
