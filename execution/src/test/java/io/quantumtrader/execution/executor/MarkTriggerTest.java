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
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the session makes of protective orders that marks set off, against Kafka's mock clients. */
class MarkTriggerTest {

  private static final String ETH = "ETHUSDT";
  private static final long NOW = 60_000;
  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  /** Reaches the stop at 1900, and comes back. */
  private static final Candle THROUGH =
      Candles.prices(ETH, NOW, "2000.5", "2000.5", "1899.5", "1950.5");

  private MockClients clients = new MockClients(PartitionHistory.NONE);
  private ExecutorSession session = session();

  private ExecutorSession session() {
    return new ExecutorSession(
        MockClients.settings().build(), new PaperExchange(PAPER), clients, CrashPoint.Watch.NONE);
  }

  private void add(Topic topic, String key, SpecificRecord value) {
    clients.add(topic, key, clients.encoded(topic, value));
  }

  private void control(TradingState state) {
    add(
        Topic.CONTROL,
        "*",
        Control.newBuilder().setAccount("*").setTradingState(state).setAtMs(0).build());
  }

  private void clock(long nowMs) {
    add(Topic.CLOCK, "0", new Clock(nowMs, 60_000L, 0));
  }

  private void mark(Candle candle) {
    add(Topic.MARK, candle.getSymbol(), candle);
  }

  /** Opens a long position of 2 at 2000.5 with a stop at 1900. */
  private void hold() {
    session.open();
    clients.assign();
    control(TradingState.ACTIVE);
    session.step();
    clock(NOW);
    mark(Candles.flat(ETH, 0, "2000.5"));
    ApplyPlan entry =
        ApplyPlan.newBuilder(Plans.entry(1, ETH, OrderSide.BUY, "2"))
            .setStopPrice(new BigDecimal("1900"))
            .build();
    add(Topic.APPLY_PLAN, "main", entry);
    session.step();
    session.step();
    assertThat(results()).hasSize(2);
  }

  private List<ApplyResult> results() {
    return clients.written(Topic.APPLY_RESULT, ApplyResult.class);
  }

  private List<ExchangeAccount> accounts() {
    return clients.written(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class);
  }

  private static void assertStopped(ApplyResult stopped, long atMs) {
    assertThat(stopped.getOrigin()).isEqualTo(ResultOrigin.STOP);
    assertThat(stopped.getOutcome()).isEqualTo(ResultOutcome.FILLED);
    assertThat(stopped.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(stopped.getPlanId()).isEmpty();
    assertThat(stopped.getFinalResult()).isTrue();
    assertThat(stopped.getResultId()).isEqualTo("qs-" + Plans.id(1) + "-s-1");
    assertThat(stopped.getFill().getPrice()).isEqualByComparingTo("1900");
    assertThat(stopped.getAtMs()).isEqualTo(atMs);
    assertThat(stopped.getFill().getAtMs()).isEqualTo(atMs);
  }

  @Test
  void shouldTellOfAStopInTheTransactionOfItsAccount() {
    // given
    hold();
    long commits = clients.producer.commitCount();

    // when: a mark comes alone
    mark(THROUGH);
    session.step();
    session.step();

    // then
    assertThat(results()).hasSize(3);
    assertStopped(results().getLast(), NOW);
    ExchangeAccount account = accounts().getLast();
    assertThat(account.getPositions()).isEmpty();
    assertThat(account.getLastFillId()).isEqualTo(results().getLast().getResultId());
    assertThat(account.getWallet()).isEqualByComparingTo("9799");
    assertThat(clients.producer.commitCount()).isEqualTo(commits + 1);
  }

  @Test
  void shouldCommitItWithPositionsSoThatAReplacedMemberIsRefused() {
    // given
    hold();

    // when
    mark(THROUGH);
    session.step();

    // then
    Map<TopicPartition, OffsetAndMetadata> committed =
        clients.producer.consumerGroupOffsetsHistory().getLast().values().iterator().next();
    assertThat(committed)
        .isEqualTo(
            Map.of(
                MockClients.PLANS, new OffsetAndMetadata(1),
                MockClients.APPROVALS, new OffsetAndMetadata(0),
                MockClients.CLOCK, new OffsetAndMetadata(1)));
  }

  @Test
  void shouldTellItAtTheClockThatCameWithTheMark() {
    // given
    hold();

    // when
    clock(120_000);
    mark(THROUGH);
    session.step();

    // then
    assertStopped(results().getLast(), 120_000);
  }

  @Test
  void shouldCommitMarksOnlyAfterWhatFollowedFromThem() {
    // given
    hold();
    clients.producer.commitTransactionException = new KafkaException("no");

    // when
    mark(THROUGH);

    // then
    assertThatThrownBy(session::step).isInstanceOf(KafkaException.class);
    assertThat(results()).hasSize(2);
    assertThat(clients.market.committed(Set.of(MockClients.CANDLES)))
        .isEqualTo(Map.of(MockClients.CANDLES, new OffsetAndMetadata(1)));
  }

  @ParameterizedTest
  @EnumSource(
      value = TradingState.class,
      names = {"ACTIVE", "REDUCING", "HALTED"})
  void shouldStopInEachTradingState(TradingState state) {
    // given
    hold();
    control(state);

    // when
    mark(THROUGH);
    session.step();

    // then
    assertStopped(results().getLast(), NOW);
  }

  /** Lets another executor read the marks and then take up what was committed. */
  private void restart(long nowMs, List<Candle> marks) {
    PartitionHistory history =
        new PartitionHistory(nowMs, Map.of("main", accounts().getLast()), results(), Map.of());
    clients = new MockClients(history, marks);
    session = session();
    session.open();
    marks.forEach(this::mark);
    session.step();
    clients.assign();
    session.step();
    session.step();
  }

  @Test
  void shouldTellAfterARestartWhatACrashTook() {
    // given: nothing of the stop was committed
    hold();

    // when: the account is said anew at the close of the mark, and the mark comes after that
    clock(120_000);
    session.step();
    assertThat(accounts().getLast().getAsOfMs()).isEqualTo(120_000);
    restart(120_000, List.of(Candles.flat(ETH, 0, "2000.5"), THROUGH));

    // then
    assertThat(results()).hasSize(1);
    assertStopped(results().getFirst(), 120_000);
    assertThat(accounts().getLast().getPositions()).isEmpty();
  }

  @Test
  void shouldNotTellAgainAfterARestartWhatWasTold() {
    // given
    hold();
    mark(THROUGH);
    session.step();

    // when
    restart(NOW, List.of(Candles.flat(ETH, 0, "2000.5"), THROUGH));

    // then
    assertThat(results()).isEmpty();
  }

  @Test
  void shouldNotStopAfterARestartByWhatCameBeforeTheEntry() {
    // given
    hold();

    // when: the candle that closed as the position was opened had been through the stop
    restart(NOW, List.of(Candles.prices(ETH, 0, "2000.5", "2000.5", "1890.5", "2000.5")));

    // then
    assertThat(results()).isEmpty();
  }
}
