/**
 * Binance USD-M futures behind the exchange port: market orders, conditional orders, accounts, and
 * the fills that no plan asked for, each once.
 */
package io.quantumtrader.execution.binance;
