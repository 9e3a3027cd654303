package io.quantumtrader.app.metrics;

import static java.math.BigDecimal.ZERO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.EnumSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Which equity counts as known: the policy of the account says how old it may be. */
final class AccountGaugesTest {

  private static final long NOW = 1_763_546_400_000L;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PipelineMetrics metrics =
      new PipelineMetrics(registry, EnumSet.copyOf(Monitoring.OF_STAGES), new ClockWatch());

  @Test
  void shouldReadThePolicy() {
    assertThat(Monitoring.OF_STAGES).contains(Topic.POLICY);
  }

  @Test
  void shouldGoByThePolicyOfTheAccount() {
    // given: equities of a minute ago, one with a policy of its own
    clock(NOW);
    accept(Topic.POLICY, "default", policy("default", 60_000));
    accept(Topic.POLICY, "main2", policy("main2", 59_999));
    accept(Topic.PORTFOLIO_STATE, "main", portfolio("main", NOW - 60_000));
    accept(Topic.PORTFOLIO_STATE, "main2", portfolio("main2", NOW - 60_000));

    // then
    assertThat(known("main")).isEqualTo(1);
    assertThat(known("main2")).isZero();

    // when its own is changed, then removed
    accept(Topic.POLICY, "main2", policy("main2", 60_000));
    assertThat(known("main2")).isEqualTo(1);
    accept(Topic.POLICY, "default", policy("default", 30_000));
    assertThat(known("main2")).isEqualTo(1);
    assertThat(known("main")).isZero();
    accept(Topic.POLICY, "main2", null);

    // then
    assertThat(known("main2")).isZero();
  }

  @Test
  void shouldGoByTheBuiltInOneWhereThereIsNoRecord() {
    clock(NOW);
    accept(Topic.PORTFOLIO_STATE, "main", portfolio("main", NOW - 120_000));
    accept(Topic.PORTFOLIO_STATE, "main2", portfolio("main2", NOW - 120_001));
    assertThat(known("main")).isEqualTo(1);
    assertThat(known("main2")).isZero();
  }

  private void clock(long nowMs) {
    accept(
        Topic.CLOCK,
        "0",
        Clock.newBuilder().setNowMs(nowMs).setStepMs(1000).setPartition(0).build());
  }

  private static Policy policy(String name, long equityMaxAgeMs) {
    return Policy.newBuilder()
        .setName(name)
        .setVersion(1)
        .setEquityMaxAgeMs(equityMaxAgeMs)
        .build();
  }

  private static PortfolioState portfolio(String account, long equityAsOfMs) {
    return PortfolioState.newBuilder()
        .setAccount(account)
        .setEquity(new BigDecimal("10000"))
        .setEquityAsOfMs(equityAsOfMs)
        .setAsOfMs(NOW)
        .setUnrealizedPnl(ZERO)
        .setOpenPositions(0)
        .setReservations(0)
        .setMarginInUse(ZERO)
        .setMarginReserved(ZERO)
        .setGrossNotional(ZERO)
        .setRealizedPnl(ZERO)
        .setFees(ZERO)
        .build();
  }

  private void accept(Topic topic, String key, SpecificRecord value) {
    metrics.accept(
        topic,
        new ConsumerRecord<>(topic.topicName(), 0, 0, key.getBytes(UTF_8), new byte[0]),
        value);
  }

  private double known(String account) {
    return registry.get("quantum.equity.known").tag("account", account).gauge().value();
  }
}
