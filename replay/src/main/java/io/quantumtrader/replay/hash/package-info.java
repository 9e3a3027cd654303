/** A digest of everything that decides, the same on any machine. */
package io.quantumtrader.replay.hash;
