/**
 * Binance USD-M futures, public market data only: prices and trading rules, without a key. Nothing
 * here can send an order.
 */
package io.quantumtrader.market.binance;
