package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthRow.CostRow;
import io.quantumtrader.console.health.HealthRow.Level;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a console shows of the health, and the stages of what may be opened. */
final class HealthGaugesTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong nowMs = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private Optional<HealthRow> health = Optional.empty();

  private static HealthRow row(HealthCost... costs) {
    List<CostRow> found =
        List.of(costs).stream()
            .map(cost -> new CostRow(cost, cost.points(), "found", cost.meaning(), "section"))
            .toList();
    int score = 100 - found.stream().mapToInt(CostRow::points).sum();
    return new HealthRow(score, Level.of(score), found, 1);
  }

  private double score() {
    return registry.get("quantum.health.score").gauge().value();
  }

  private double points(HealthCost cost) {
    return registry.get("quantum.health.cost").tag("cost", cost.name()).gauge().value();
  }

  @Test
  void shouldShowTheScoreAndThePointsOfEachCost() {
    // given
    HealthGauges.show(registry, () -> health, nowMs::get);
    health = Optional.of(row(HealthCost.BROKER_UNREACHABLE, HealthCost.DEAD_LETTERS));

    // then
    assertThat(score()).isEqualTo(45);
    for (HealthCost cost : HealthCost.values()) {
      boolean found = cost == HealthCost.BROKER_UNREACHABLE || cost == HealthCost.DEAD_LETTERS;
      assertThat(points(cost)).as(cost.name()).isEqualTo(found ? cost.points() : 0);
    }
  }

  /** Before everything was read, a missing clock or universe means nothing. */
  @Test
  void shouldShowNoNumberWhileTheHealthCannotBeTold() {
    HealthGauges.show(registry, () -> health, nowMs::get);

    assertThat(score()).isNaN();
    assertThat(points(HealthCost.CLOCK_STOPPED)).isNaN();
  }

  @Test
  void shouldAskOnceForAllGaugesOfAScrapeAndAgainForTheNext() {
    // given
    HealthGauges.show(
        registry,
        () -> {
          asked.incrementAndGet();
          return health;
        },
        nowMs::get);
    health = Optional.of(row());

    // when
    String first = registry.scrape();
    health = Optional.of(row(HealthCost.MARGIN_LOW));
    nowMs.addAndGet(999);
    String same = registry.scrape();
    nowMs.addAndGet(1);
    String next = registry.scrape();

    // then
    assertThat(first).contains("quantum_health_score 100.0");
    assertThat(same).isEqualTo(first);
    assertThat(next)
        .contains("quantum_health_score 60.0")
        .contains("quantum_health_cost{cost=\"MARGIN_LOW\"} 40.0");
    assertThat(asked).hasValue(2);
  }

  @Test
  void shouldShowHowManySymbolsMayBeOpened() {
    // given
    PipelineMetrics metrics =
        new PipelineMetrics(registry, EnumSet.copyOf(Monitoring.OF_STAGES), new ClockWatch());

    // then: nothing before the first step, and nothing may be opened before the first ranking
    assertThat(symbols()).isNaN();
    accept(
        metrics,
        Topic.CLOCK,
        Clock.newBuilder().setNowMs(1_763_546_400_000L).setStepMs(1_000).setPartition(0).build());
    assertThat(symbols()).isZero();
    accept(metrics, Topic.UNIVERSE, universe("top10", List.of("A", "B", "C")));
    accept(metrics, Topic.UNIVERSE, universe("active", List.of("A", "B", "C", "D")));
    assertThat(symbols()).isEqualTo(3);
  }

  private double symbols() {
    return registry.get("quantum.top.symbols").gauge().value();
  }

  private static Universe universe(String name, List<String> symbols) {
    return Universe.newBuilder()
        .setName(name)
        .setAsOfMs(1)
        .setSymbols(symbols)
        .setRanking(List.of())
        .setCode("UNIVERSE_RANKED")
        .build();
  }

  private static void accept(PipelineMetrics metrics, Topic topic, SpecificRecord value) {
    metrics.accept(
        topic, new ConsumerRecord<>(topic.topicName(), 0, 0, new byte[0], new byte[0]), value);
  }
}
