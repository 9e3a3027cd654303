/** Wiring of the symbol room: candles to market states, ledger rows to valued positions. */
package io.quantumtrader.topology.symbol;
