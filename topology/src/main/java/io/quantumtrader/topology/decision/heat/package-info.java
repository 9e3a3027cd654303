/** How hot a portfolio is, and whether a full close may go ahead as proposed. */
package io.quantumtrader.topology.decision.heat;
