/** What a run came to, in figures, out of its records alone. Pure: no Kafka, no clock. */
package io.quantumtrader.replay.result;
