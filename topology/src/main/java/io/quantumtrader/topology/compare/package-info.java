/** What a difference between two topologies means for the state and the readers of the first. */
package io.quantumtrader.topology.compare;
