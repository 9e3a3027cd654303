/**
 * A twin of Binance USD-M futures: a server with its REST and WebSocket dialect, its rules and its
 * ways to fail, at prices from outside or out of a seed. Anyone may point a bot at it.
 */
package io.quantumtrader.execution.twin;
