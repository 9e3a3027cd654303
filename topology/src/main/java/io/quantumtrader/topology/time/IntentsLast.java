package io.quantumtrader.topology.time;

import io.quantumtrader.schemas.topic.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Puts intents behind everything else that a task has read. Of the records at the heads of its
 * queues Streams takes the one with the smallest time, so a constant that no time of the others
 * reaches makes stops, closes, results and the clock go first. Nothing goes by stream time here, so
 * nothing else comes of it; who wants the time of an intent asks {@link #recordTime}.
 *
 * <p>It never throws. A time before 1970, or one that the constant cannot be added to, stays in the
 * header of {@link PlausibleTime}.
 */
public final class IntentsLast implements TimestampExtractor {

  private static final long SHIFT_MS = 1L << 62;

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.timestamp() >= 0 && record.timestamp() < SHIFT_MS) {
      return record.timestamp() + SHIFT_MS;
    }
    PlausibleTime.reject(record);
    return Math.max(SHIFT_MS, partitionTime);
  }

  /**
   * Returns the time that a record has on Kafka, epoch ms.
   *
   * @param topic where it comes from; null where nothing does
   * @param taken the time that it has in Streams
   */
  public static long recordTime(String topic, long taken) {
    return Topic.TRADE_INTENT.topicName().equals(topic) && taken >= SHIFT_MS
        ? taken - SHIFT_MS
        : taken;
  }
}
