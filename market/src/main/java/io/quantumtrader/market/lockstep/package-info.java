/**
 * Tells over Kafka alone whether the pipeline has done everything that follows from what was put
 * in.
 */
package io.quantumtrader.market.lockstep;
