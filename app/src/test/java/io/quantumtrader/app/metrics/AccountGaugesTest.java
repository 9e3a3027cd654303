package io.quantumtrader.app.metrics;

import static java.math.BigDecimal.ZERO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * What is shown of an account. Which equity counts as known, the policy of the account says: how
 * old it may be.
 */
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

  /** What is ordered of all accounts lies in a record whose trading state holds for nobody. */
  @Test
  void shouldShowNoTradingStateOfWhatIsOrderedOfAll() {
    // when
    control("*", TradingState.ACTIVE);
    control("*:orders", TradingState.HALTED);

    // then
    assertThat(states("*")).containsExactly(TradingState.ACTIVE);
    assertThat(registry.find("quantum.trading.state").tag("account", "*:orders").gauges())
        .isEmpty();
  }

  @Test
  void shouldGoByTheBuiltInOneWhereThereIsNoRecord() {
    clock(NOW);
    accept(Topic.PORTFOLIO_STATE, "main", portfolio("main", NOW - 120_000));
    accept(Topic.PORTFOLIO_STATE, "main2", portfolio("main2", NOW - 120_001));
    assertThat(known("main")).isEqualTo(1);
    assertThat(known("main2")).isZero();
  }

  @Test
  void shouldNotKnowAnEquityThatIsNoneOrHasNoTimeOrIsNotAboveZero() {
    clock(NOW);
    accept(Topic.PORTFOLIO_STATE, "main", portfolio("main", NOW));
    assertThat(known("main")).isEqualTo(1);

    accept(Topic.PORTFOLIO_STATE, "main", with("main").setEquity(ZERO).build());
    assertThat(known("main")).isZero();
    accept(Topic.PORTFOLIO_STATE, "main", with("main").setEquity(null).build());
    assertThat(known("main")).isZero();
    assertThat(value("quantum.equity", "main")).isNaN();
    accept(Topic.PORTFOLIO_STATE, "main", with("main").setEquityAsOfMs(null).build());
    assertThat(known("main")).isZero();

    // when it is known again, and the clock goes on
    accept(Topic.PORTFOLIO_STATE, "main", portfolio("main", NOW));
    assertThat(known("main")).isEqualTo(1);
    clock(NOW + 120_001);
    assertThat(known("main")).isZero();
  }

  @Test
  void shouldShowEachNumberOfEachAccountUnderItsOwnName() {
    // given: of two accounts the first says something new
    clock(NOW);
    accept(Topic.PORTFOLIO_STATE, "main", portfolio("main", NOW));
    accept(Topic.PORTFOLIO_STATE, "main2", portfolio("main2", NOW));
    accept(
        Topic.PORTFOLIO_STATE,
        "main",
        with("main")
            .setEquity(new BigDecimal("1"))
            .setMarginInUse(new BigDecimal("2"))
            .setMarginReserved(new BigDecimal("3"))
            .setRealizedPnl(new BigDecimal("4"))
            .setFees(new BigDecimal("5"))
            .setOpenPositions(6)
            .setReservations(7)
            .setExposure(8.0)
            .setMarginRatio(9.0)
            .setHeat(10.0)
            .setDrawdown(11.0)
            .setConsecutiveLosses(12)
            .build());

    // then
    List<String> names =
        List.of(
            "quantum.equity",
            "quantum.margin.in.use",
            "quantum.margin.reserved",
            "quantum.realized.profit",
            "quantum.fees",
            "quantum.open.positions",
            "quantum.reservations",
            "quantum.exposure",
            "quantum.margin.ratio",
            "quantum.heat",
            "quantum.drawdown",
            "quantum.consecutive.losses");
    for (int i = 0; i < names.size(); i++) {
      assertThat(value(names.get(i), "main")).as(names.get(i)).isEqualTo(i + 1);
      assertThat(value(names.get(i), "main2")).as(names.get(i)).isNotEqualTo(i + 1);
    }
  }

  @Test
  void shouldShowAHaltUntilItsEndByTheClock() {
    clock(NOW);
    accept(Topic.PORTFOLIO_STATE, "main", with("main").setHaltedUntilMs(NOW + 1_000).build());
    accept(Topic.PORTFOLIO_STATE, "main2", portfolio("main2", NOW));
    assertThat(value("quantum.entries.halted", "main")).isEqualTo(1);
    assertThat(value("quantum.entries.halted", "main2")).isZero();

    clock(NOW + 1_000);
    assertThat(value("quantum.entries.halted", "main")).isZero();
  }

  @Test
  void shouldShowTheTradingStateOfEachAccountAndItsChange() {
    control("main", TradingState.ACTIVE);
    control("main2", TradingState.HALTED);
    assertThat(states("main")).containsExactly(TradingState.ACTIVE);
    assertThat(states("main2")).containsExactly(TradingState.HALTED);

    control("main", TradingState.REDUCING);
    assertThat(states("main")).containsExactly(TradingState.REDUCING);
    assertThat(states("main2")).containsExactly(TradingState.HALTED);
  }

  private void control(String account, TradingState state) {
    accept(
        Topic.CONTROL,
        account,
        Control.newBuilder()
            .setAccount(account)
            .setTradingState(state)
            .setSetBy("test")
            .setReason("test")
            .setAtMs(NOW)
            .build());
  }

  private List<TradingState> states(String account) {
    return Arrays.stream(TradingState.values())
        .filter(
            state ->
                registry
                        .get("quantum.trading.state")
                        .tag("account", account)
                        .tag("state", state.name())
                        .gauge()
                        .value()
                    == 1)
        .toList();
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

  private static PortfolioState.Builder with(String account) {
    return PortfolioState.newBuilder(portfolio(account, NOW));
  }

  private void accept(Topic topic, String key, SpecificRecord value) {
    metrics.accept(
        topic,
        new ConsumerRecord<>(topic.topicName(), 0, 0, key.getBytes(UTF_8), new byte[0]),
        value);
  }

  private double known(String account) {
    return value("quantum.equity.known", account);
  }

  private double value(String name, String account) {
    return registry.get(name).tag("account", account).gauge().value();
  }
}
