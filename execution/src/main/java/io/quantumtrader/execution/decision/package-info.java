/**
 * What execution decides and computes, as pure functions: no Kafka, no clock, no environment, no
 * randomness, no input or output.
 */
package io.quantumtrader.execution.decision;
