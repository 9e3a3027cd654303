/**
 * Where the market comes from: candle files and a generated market, the one clock, intents from a
 * file, and the lockstep that keeps a replay in order however fast it runs.
 */
package io.quantumtrader.market;
