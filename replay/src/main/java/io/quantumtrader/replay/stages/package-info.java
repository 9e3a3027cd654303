/**
 * Runs the built topology in the thread that calls, over topics in memory: the same processors,
 * serdes, partitioners, time extractors and error handlers as under Kafka Streams, and stores of
 * its own that keep the same bytes.
 */
package io.quantumtrader.replay.stages;
