/** Runs of the same history under several policies, and where their decisions differ. */
package io.quantumtrader.replay.compare;
