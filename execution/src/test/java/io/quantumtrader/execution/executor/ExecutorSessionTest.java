package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session's loop against Kafka's mock clients. */
class ExecutorSessionTest {

  private static final String ETH = "ETHUSDT";
  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  private final MockClients clients = new MockClients(PartitionHistory.NONE);
  private final ExecutorSession session = session(clients);

  private static ExecutorSession session(MockClients clients) {
    ExecutorSettings settings = MockClients.settings().stallAfter(Duration.ofMillis(200)).build();
    return new ExecutorSession(settings, new PaperExchange(PAPER), clients, CrashPoint.Watch.NONE);
  }

  private void open() {
    session.open();
    clients.assign();
    control("*", TradingState.ACTIVE);
    session.step();
  }

  private void control(String key, TradingState state) {
    Control control =
        Control.newBuilder().setAccount(key).setTradingState(state).setAtMs(0).build();
    clients.add(Topic.CONTROL, key, clients.encoded(Topic.CONTROL, control));
  }

  private void clock(long nowMs) {
    Clock clock = new Clock(nowMs, 1_000L, 0);
    clients.add(Topic.CLOCK, "0", clients.encoded(Topic.CLOCK, clock));
  }

  private void candle(Candle candle) {
    clients.add(Topic.MARK, candle.getSymbol(), clients.encoded(Topic.MARK, candle));
  }

  private void plan(ApplyPlan plan) {
    clients.add(Topic.APPLY_PLAN, "main", clients.encoded(Topic.APPLY_PLAN, plan));
  }

  private static ApplyPlan entry(int number) {
    return Plans.entry(number, ETH, OrderSide.BUY, "2");
  }

  private List<ApplyResult> results() {
    return clients.written(Topic.APPLY_RESULT, ApplyResult.class);
  }

  private Map<?, OffsetAndMetadata> committedInTransactions() {
    return clients.producer.consumerGroupOffsetsHistory().getLast().values().iterator().next();
  }

  @Test
  void shouldLetPlansWaitForTheFirstClock() {
    // given
    open();
    plan(entry(1));

    // when
    session.step();
    boolean actedWithoutClock = !results().isEmpty();
    clock(5_000);
    session.step();
    session.step();

    // then
    assertThat(actedWithoutClock).isFalse();
    assertThat(results()).extracting(ApplyResult::getPlanId).containsOnly(Plans.id(1));
  }

  @Test
  void shouldSeeTheCandlesBeforeThePlansOfTheSamePoll() {
    // given: a candle of an earlier poll, and one that arrived together with the plan
    open();
    clock(5_000);
    candle(Candles.flat(ETH, 0, "2000.5"));
    session.step();
    candle(Candles.flat(ETH, 60_000, "2100.5"));
    plan(entry(1));

    // when
    session.step();

    // then
    assertThat(results().getLast().getFill().getPrice()).isEqualByComparingTo("2100.5");
  }

  @Test
  void shouldNotActOnAPlanWhileCandlesAreMissing() {
    // given: the broker has a candle that does not come
    open();
    clock(5_000);
    session.step();
    clients.announce(MockClients.CANDLES);
    plan(entry(1));

    // when, then
    assertThatThrownBy(session::step).isInstanceOf(TimeoutException.class);
    assertThat(results()).isEmpty();
  }

  @Test
  void shouldReadCandlesThatComeAPollLater() {
    // given
    open();
    clock(5_000);
    session.step();
    plan(entry(1));
    candle(Candles.flat(ETH, 0, "2000.5"));
    clients.market.schedulePollTask(() -> clients.market.pause(List.of(MockClients.CANDLES)));
    clients.market.schedulePollTask(() -> clients.market.resume(List.of(MockClients.CANDLES)));

    // when
    session.step();

    // then
    assertThat(results().getLast().getOutcome()).isEqualTo(ResultOutcome.FILLED);
  }

  @Test
  void shouldCommitResultsAndPositionsTogether() {
    // given
    open();
    clock(5_000);
    candle(Candles.flat(ETH, 0, "2000.5"));
    plan(entry(1));

    // when
    session.step();
    session.step();

    // then
    assertThat(committedInTransactions())
        .isEqualTo(Map.of(MockClients.PLANS, new OffsetAndMetadata(1)));
    assertThat(clients.producer.commitCount()).isEqualTo(2);
    assertThat(clients.market.committed(Set.of(MockClients.CANDLES)))
        .isEqualTo(Map.of(MockClients.CANDLES, new OffsetAndMetadata(1)));
  }

  @Test
  void shouldCommitPositionsThatNothingFollowsFrom() {
    // given: past the marker of a transaction, and without a record
    open();
    clients.plans.schedulePollTask(() -> clients.plans.seek(MockClients.PLANS, 3));
    clients.market.schedulePollTask(() -> clients.market.seek(MockClients.CANDLES, 5));

    // when
    session.step();

    // then
    assertThat(clients.plans.committed(Set.of(MockClients.PLANS)))
        .isEqualTo(Map.of(MockClients.PLANS, new OffsetAndMetadata(3)));
    assertThat(clients.market.committed(Set.of(MockClients.CANDLES)))
        .isEqualTo(Map.of(MockClients.CANDLES, new OffsetAndMetadata(5)));
    assertThat(clients.producer.commitCount()).isZero();
  }

  @Test
  void shouldPublishAccountsWithTheFirstClockAndInstrumentsWithTheNext() {
    // given
    open();
    candle(Candles.flat(ETH, 0, "2000.5"));
    candle(Candles.flat("BTCUSDT", 0, "90000"));

    // when
    clock(60_000);
    session.step();
    List<Instrument> early = clients.written(Topic.INSTRUMENT, Instrument.class);
    clock(60_001);
    session.step();
    clock(60_002);
    session.step();

    // then
    assertThat(early).isEmpty();
    assertThat(clients.written(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class))
        .extracting(ExchangeAccount::getAsOfMs)
        .containsExactly(60_000L);
    assertThat(clients.written(Topic.INSTRUMENT, Instrument.class))
        .extracting(Instrument::getSymbol)
        .containsExactly("BTCUSDT", ETH);
    assertThat(clients.producer.history().getLast().timestamp()).isEqualTo(60_001);
  }

  @Test
  void shouldPassOverACandleThatIsNone() {
    // given
    open();
    clock(5_000);
    candle(Candles.flat(ETH, 0, "2000.5"));
    clients.add(Topic.MARK, ETH, new byte[] {9});
    plan(entry(1));

    // when
    session.step();
    session.step();

    // then
    assertThat(results().getLast().getOutcome()).isEqualTo(ResultOutcome.FILLED);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"ACTIVE, FILLED", "REDUCING, REJECTED"})
  void shouldLeaveTheTradingStateAsItWasWhereTheNextRecordCannotBeRead(
      TradingState before, ResultOutcome outcome) {
    // given
    open();
    clock(5_000);
    candle(Candles.flat(ETH, 0, "2000.5"));
    control("main", before);
    clients.add(Topic.CONTROL, "main", new byte[] {9});
    clients.add(Topic.CONTROL, null, new byte[] {9});
    plan(entry(1));

    // when
    session.step();
    session.step();

    // then
    assertThat(results().getLast().getOutcome()).isEqualTo(outcome);
  }

  @Test
  void shouldForgetAPartitionThatWasTaken() {
    // given
    open();
    clock(5_000);
    session.step();

    // when
    clients.plans.rebalance(List.of());
    session.step();

    // then
    assertThat(session.isAssigned()).isFalse();
    clients.assign();
    session.step();
    assertThat(session.isAssigned()).isTrue();
  }

  @Test
  void shouldRefuseToReadClockAndPlansOfDifferentPartitions() {
    // given
    session.open();
    clients.plans.rebalance(List.of(MockClients.PLANS));

    // when, then
    assertThatThrownBy(session::step).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitions() {
    // given
    clients.plans.updatePartitions(
        Topic.CLOCK.topicName(),
        List.of(
            new PartitionInfo(Topic.CLOCK.topicName(), 0, null, null, null),
            new PartitionInfo(Topic.CLOCK.topicName(), 1, null, null, null)));

    // when, then
    assertThatThrownBy(session::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("quantum.clock has 2 partitions, expected 1");
  }

  @Test
  void shouldWaitForTopicsThatDoNotExistYet() {
    // given
    clients.plans.updatePartitions(Topic.MARK.topicName(), List.of());

    // when, then
    assertThatThrownBy(session::open).isInstanceOf(UnknownTopicOrPartitionException.class);
  }
}
