/**
 * The whole way of an intent, a plan, a position or a symbol, from what was sent to what was
 * filled.
 */
package io.quantumtrader.console.why;
