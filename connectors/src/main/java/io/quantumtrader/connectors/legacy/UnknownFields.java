package io.quantumtrader.connectors.legacy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fields of entries that no reader knows. Each is reported once per producer, and counted, so that
 * a sender who writes a size or a stop under a name of his own does not find out by his losses.
 */
final class UnknownFields {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownFields.class);

  /** Names of senders and fields come from outside and must not fill the memory. */
  private static final int REMEMBERED = 1_000;

  private final Set<String> reported = new HashSet<>();

  /** How many fields were passed over, each time. */
  private final AtomicLong passedOver = new AtomicLong();

  /**
   * Shows the count.
   *
   * @param metrics Connect's; null where it has none
   */
  void register(PluginMetrics metrics, String stream) {
    if (metrics == null) {
      return;
    }
    Gauge<Double> gauge = (config, now) -> (double) passedOver.get();
    metrics.addMetric(
        metrics.metricName(
            "unknown-fields-total",
            "Fields of entries that no reader knows and that were ignored.",
            new LinkedHashMap<>(Map.of("stream", stream))),
        gauge);
  }

  /**
   * Takes note of the unknown fields of one entry.
   *
   * @param producer who sent it; empty if it does not say
   */
  void report(String producer, List<String> names) {
    passedOver.addAndGet(names.size());
    for (String name : names) {
      if (reported.size() < REMEMBERED && reported.add(producer + "\n" + name)) {
        LOG.warn(
            "field {} of {} is not known and is ignored; the known names are in"
                + " docs/redis-sources.md",
            name,
            producer.isEmpty() ? "a producer without a source" : producer);
      }
    }
  }

  long passedOver() {
    return passedOver.get();
  }
}
