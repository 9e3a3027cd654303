/** Dead letters of everything that is not a stage of the topology. */
package io.quantumtrader.app.deadletter;
