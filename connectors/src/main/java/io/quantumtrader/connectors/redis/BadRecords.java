package io.quantumtrader.connectors.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;

/**
 * Where records go that cannot be written. A record is reported before the transaction that passes
 * it over, so that none is lost, and once, however often its batch is delivered.
 */
final class BadRecords {

  private final ErrantRecordReporter reporter;
  private final SinkMetrics metrics;
  private final Map<TopicPartition, Long> lastReported = new HashMap<>();
  private final List<Future<Void>> pending = new ArrayList<>();

  /**
   * Creates it.
   *
   * @param reporter Connect's reporter, or null where errors are not tolerated
   * @param metrics counts them
   */
  BadRecords(ErrantRecordReporter reporter, SinkMetrics metrics) {
    this.reporter = reporter;
    this.metrics = metrics;
  }

  /**
   * Reports a record.
   *
   * @throws ConnectException if errors are not tolerated
   */
  void report(RenderedRecord bad, String problem) {
    long offset = bad.offset();
    TopicPartition partition = bad.partition();
    DataException error = new DataException(partition + " offset " + offset + ": " + problem);
    if (reporter == null) {
      throw new ConnectException(error.getMessage(), error);
    }
    if (offset > lastReported.getOrDefault(partition, -1L)) {
      pending.add(reporter.report(bad.record(), error));
      metrics.deadLettered();
      lastReported.put(partition, offset);
    }
  }

  /**
   * Waits until all reported records are where they should be.
   *
   * @throws ConnectException if one is not
   */
  void await() {
    try {
      for (Future<Void> report : pending) {
        report.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ConnectException("stopped while reporting bad records", stopped);
    } catch (ExecutionException failure) {
      throw new ConnectException("bad records could not be reported", failure.getCause());
    } finally {
      pending.clear();
    }
  }

  /** Forgets a partition that is read elsewhere from now on. */
  void forget(TopicPartition partition) {
    lastReported.remove(partition);
  }
}
