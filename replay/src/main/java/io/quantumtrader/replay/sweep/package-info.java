/** Searches over thresholds, what luck alone would have found, and checks of a history. */
package io.quantumtrader.replay.sweep;
