/** What to do about stream threads that die: which causes are waited out, and which end it all. */
package io.quantumtrader.topology.failure;
