/** A run that is saved between two steps, and goes on from there another time. */
package io.quantumtrader.replay.state;
