/**
 * Topics in memory, and Kafka's clients over them: what a broker is to the pipeline, without one.
 * Everything happens in the thread that calls.
 */
package io.quantumtrader.replay.log;
