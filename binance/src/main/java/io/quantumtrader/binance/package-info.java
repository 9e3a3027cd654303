/**
 * Binance USD-M futures as an exchange to talk to: requests, signatures, streams, and public market
 * data. It knows the dialect and nothing of plans.
 */
package io.quantumtrader.binance;
