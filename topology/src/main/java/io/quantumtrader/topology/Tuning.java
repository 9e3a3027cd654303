package io.quantumtrader.topology;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What the stages are tuned for. What they decide is the same either way. */
public enum Tuning {

  /**
   * An answer as soon as possible: a commit after 10 ms, records sent at once, and small turns, so
   * that a burst of entries does not lie before the clock and the stops.
   */
  LATENCY(10, 0, 16 * 1024, 250, 64 * 1024),

  /**
   * As much as possible, for a backlog or many accounts: a commit after 100 ms, and larger batches
   * and turns. An answer takes a tenth of a second longer at each hop.
   */
  THROUGHPUT(100, 5, 128 * 1024, 1_000, 512 * 1024);

  private final long commitMs;
  private final int lingerMs;
  private final int batchBytes;
  private final int pollRecords;
  private final int fetchBytes;

  Tuning(long commitMs, int lingerMs, int batchBytes, int pollRecords, int fetchBytes) {
    this.commitMs = commitMs;
    this.lingerMs = lingerMs;
    this.batchBytes = batchBytes;
    this.pollRecords = pollRecords;
    this.fetchBytes = fetchBytes;
  }

  /** Returns the Streams configuration that it stands for. */
  Map<String, Object> properties() {
    return Map.of(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        commitMs,
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        lingerMs,
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
        batchBytes,
        // A thread polls again only when it has done all that it has, and a consumer hands out all
        // that it fetched of one partition before it turns to the next: what is done first can only
        // be chosen among what is here.
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        pollRecords,
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        fetchBytes);
  }

  /** Returns the name as it is given on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
