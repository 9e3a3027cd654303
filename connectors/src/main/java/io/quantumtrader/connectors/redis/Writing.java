package io.quantumtrader.connectors.redis;

import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What writers work with, whatever kind of Redis they write to.
 *
 * @param mapper turns records into commands
 * @param clock wall clock
 * @param fence names the keys that say how far was written
 * @param transactionRecords records in one transaction at most
 * @param replicas how many replicas must have what was written, 0 for none
 * @param replicasTimeoutMs how long to wait for them, milliseconds
 * @param badRecords where records go that cannot be written
 * @param metrics what is shown of it all
 */
record Writing(
    RecordMapper mapper,
    Clock clock,
    OffsetFence fence,
    int transactionRecords,
    int replicas,
    long replicasTimeoutMs,
    BadRecords badRecords,
    SinkMetrics metrics) {

  List<RenderedRecord> render(List<SinkRecord> records) {
    return RenderedRecord.all(records, mapper, clock.millis());
  }

  boolean awaitsReplicas() {
    return replicas > 0;
  }
}
