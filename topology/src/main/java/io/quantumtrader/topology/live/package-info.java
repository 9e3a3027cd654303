/** Measures every node of a running topology. */
package io.quantumtrader.topology.live;
