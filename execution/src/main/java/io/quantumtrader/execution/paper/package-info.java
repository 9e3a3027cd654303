/**
 * An exchange on paper: a deterministic state machine that fills at the last price. It reads no
 * clock and keeps nothing outside of memory; what it was is given back to it from what was
 * committed.
 */
package io.quantumtrader.execution.paper;
