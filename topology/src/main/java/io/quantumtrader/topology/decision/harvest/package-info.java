/** Proposes what to take off an open position: stops, ladder, kill score. No Kafka, no clock. */
package io.quantumtrader.topology.decision.harvest;
