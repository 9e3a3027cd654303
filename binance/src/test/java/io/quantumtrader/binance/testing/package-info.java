/** A server for tests that answers as the exchange's documentation says it does. */
package io.quantumtrader.binance.testing;
