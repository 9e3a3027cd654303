package io.quantumtrader.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.health.HealthRow;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How well the console finds the pipeline: the score, and what each cost takes off it. The health
 * is asked once for all gauges of a scrape.
 */
public final class HealthGauges {

  private static final long FRESH_MS = 1_000;

  private final Supplier<Optional<HealthRow>> health;
  private final LongSupplier monotonicMs;
  private Optional<HealthRow> known = Optional.empty();
  private boolean asked;
  private long askedAtMs;

  private HealthGauges(Supplier<Optional<HealthRow>> health, LongSupplier monotonicMs) {
    this.health = health;
    this.monotonicMs = monotonicMs;
  }

  /**
   * Shows them.
   *
   * @param health the health as it is, or empty while it cannot be told
   */
  public static void show(Monitoring shown, Supplier<Optional<HealthRow>> health) {
    show(shown.registry, health, Monitoring::monotonicMs);
  }

  static void show(
      MeterRegistry registry, Supplier<Optional<HealthRow>> health, LongSupplier monotonicMs) {
    HealthGauges gauges = new HealthGauges(health, monotonicMs);
    Metric.HEALTH_SCORE.gauge(
        registry, gauges, now -> now.row().map(row -> (double) row.score()).orElse(Double.NaN));
    for (HealthCost cost : HealthCost.values()) {
      Metric.HEALTH_COST.gauge(
          registry,
          gauges,
          now -> now.row().map(row -> points(row, cost)).orElse(Double.NaN),
          cost.name());
    }
  }

  private static double points(HealthRow row, HealthCost cost) {
    return row.costs().stream()
        .filter(found -> found.cost() == cost)
        .mapToInt(HealthRow.CostRow::points)
        .sum();
  }

  private synchronized Optional<HealthRow> row() {
    long nowMs = monotonicMs.getAsLong();
    if (!asked || nowMs - askedAtMs >= FRESH_MS) {
      known = health.get();
      asked = true;
      askedAtMs = nowMs;
    }
    return known;
  }
}
