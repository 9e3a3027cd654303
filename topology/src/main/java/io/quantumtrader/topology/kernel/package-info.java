/** The kernels as a filter over JSON lines, for comparison with other implementations. */
package io.quantumtrader.topology.kernel;
