/** Searches over thresholds, what luck alone would have found, and checks against self-deceit. */
package io.quantumtrader.replay.sweep;
