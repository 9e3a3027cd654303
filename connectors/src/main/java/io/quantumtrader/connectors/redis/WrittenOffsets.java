package io.quantumtrader.connectors.redis;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this task knows to have written, over the lifetime of connections. A fence that is further
 * back than that tells of writes which Redis has lost.
 */
final class WrittenOffsets {

  private static final Logger LOG = LoggerFactory.getLogger(WrittenOffsets.class);

  private final Map<TopicPartition, Map<Integer, Long>> known = new HashMap<>();
  private final SinkMetrics metrics;

  WrittenOffsets(SinkMetrics metrics) {
    this.metrics = metrics;
  }

  /** Keeps that all before an offset has been written in a slot; slot 0 where there are none. */
  void written(TopicPartition partition, int slot, long nextOffset) {
    known.computeIfAbsent(partition, any -> new HashMap<>()).put(slot, nextOffset);
  }

  /** Compares what Redis says after a new connection, and reports what is missing. */
  void compare(TopicPartition partition, int slot, long nextOffset) {
    long before = known.getOrDefault(partition, Map.of()).getOrDefault(slot, 0L);
    if (nextOffset >= before) {
      return;
    }
    metrics.lost(before - nextOffset);
    LOG.error(
        "Redis has lost what was written from offset {} to {} of {}: a failover to a replica that"
            + " lagged, or data removed; to have it written again, stop the connector and set its"
            + " group's offset back to {}",
        nextOffset,
        before - 1,
        partition,
        nextOffset);
    written(partition, slot, nextOffset);
  }

  void forget(TopicPartition partition) {
    known.remove(partition);
  }
}
