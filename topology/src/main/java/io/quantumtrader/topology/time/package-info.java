/** The clock as a process sees it, and the times of records held against it. */
package io.quantumtrader.topology.time;
