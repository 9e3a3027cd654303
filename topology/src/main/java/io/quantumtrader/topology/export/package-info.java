/**
 * What a topology is, as data: exported from any built {@link org.apache.kafka.streams.Topology},
 * drawn, written as JSON, and compared with what was released before.
 */
package io.quantumtrader.topology.export;
