package io.quantumtrader.connectors.redis.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/** Counts of a stream, shown through Connect's own metrics, and so through JMX. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others only look
final class SourceMetrics {

  /** Entries that became records or dead letters, were skipped, or were taken over from others. */
  private volatile long sent;

  private volatile long deadLetters;
  private volatile long passedOver;
  private volatile long claimed;

  /** As of the last look; -1 while unknown. */
  private volatile double lagMs = -1;

  private volatile double lagEntries = -1;
  private volatile double pending = -1;

  /**
   * Shows them.
   *
   * @param metrics Connect's; null where it has none
   */
  void register(PluginMetrics metrics, String stream) {
    if (metrics == null) {
      return;
    }
    add(metrics, stream, "sent-total", "Entries that became records.", m -> m.sent);
    add(
        metrics,
        stream,
        "dead-letters-total",
        "Entries that could not be read.",
        m -> m.deadLetters);
    add(
        metrics,
        stream,
        "passed-over-total",
        "Entries that were delivered again.",
        m -> m.passedOver);
    add(metrics, stream, "claimed-total", "Entries taken over from others.", m -> m.claimed);
    add(
        metrics,
        stream,
        "lag-ms",
        "Time between the stream's last id and the last id delivered to the group, milliseconds;"
            + " -1 while unknown.",
        m -> m.lagMs);
    add(
        metrics,
        stream,
        "lag-entries",
        "Entries not yet delivered to the group; -1 if Redis (before 7) does not report it.",
        m -> m.lagEntries);
    add(metrics, stream, "pending", "Entries delivered and not acknowledged.", m -> m.pending);
  }

  private void add(
      PluginMetrics metrics,
      String stream,
      String name,
      String doc,
      ToDoubleFunction<SourceMetrics> value) {
    LinkedHashMap<String, String> tags = new LinkedHashMap<>(Map.of("stream", stream));
    MetricName metric = metrics.metricName(name, doc, tags);
    Gauge<Double> gauge = (config, now) -> value.applyAsDouble(this);
    metrics.addMetric(metric, gauge);
  }

  /** Notes what a poll did; called by one thread only. */
  void count(int sentMore, int deadMore, int passedMore, int claimedMore) {
    sent += sentMore;
    deadLetters += deadMore;
    passedOver += passedMore;
    claimed += claimedMore;
  }

  void standing(StreamSession.Standing standing) {
    lagMs = Math.max(0, standing.lastId().millis() - standing.delivered().millis());
    lagEntries = standing.lag().map(Long::doubleValue).orElse(-1.0);
    pending = standing.pending();
  }
}
