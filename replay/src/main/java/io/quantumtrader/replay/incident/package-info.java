/**
 * What went wrong in the old system, as inputs that are played again: what the rules of then made
 * of them, and what the pipeline makes of them now.
 */
package io.quantumtrader.replay.incident;
