package io.quantumtrader.replay.stages;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far a task has come in a partition that it reads, as it commits it.
 *
 * @param offset of the next record, 0 or more
 * @param timeMs partition time, epoch ms; {@link ConsumerRecord#NO_TIMESTAMP} before any record
 */
public record Position(long offset, long timeMs) {

  static final Position BEGIN = new Position(0, ConsumerRecord.NO_TIMESTAMP);
}
