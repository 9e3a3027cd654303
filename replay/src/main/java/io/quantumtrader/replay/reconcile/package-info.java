/**
 * What a pipeline's fills came to beside what the paper exchange would have made of the same orders
 * at the same marks. Pure, out of records alone: no Kafka, no clock.
 */
package io.quantumtrader.replay.reconcile;
