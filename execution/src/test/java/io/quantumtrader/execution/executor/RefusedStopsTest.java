package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry on the paper exchange whose stop the price has passed as it is filled. */
class RefusedStopsTest {

  private static final String ETH = "ETHUSDT";
  private static final long NOW = 60_000;
  private static final PaperSettings PAPER =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  private final TradingStates trading = new TradingStates();
  private final Outputs out = new Outputs();
  private PaperExchange exchange;
  private PartitionExecutor desk;

  private void begin(PaperSettings paper, boolean closes) {
    exchange = new PaperExchange(paper);
    exchange.see(Candles.flat(ETH, 0, "2000"));
    trading.set("*", TradingState.ACTIVE);
    desk = desk(closes, ExecutorMode.TRADE, PartitionHistory.NONE);
    desk.tick(NOW, out);
  }

  private PartitionExecutor desk(boolean closes, ExecutorMode mode, PartitionHistory history) {
    ExecutorSettings settings = MockClients.settings().closesUnprotected(closes).mode(mode).build();
    return new PartitionExecutor(
        0, exchange.accounts(), exchange, trading, new LedgerRows(), settings, history);
  }

  private void enter(int number, OrderSide side, String stop) {
    ApplyPlan plan =
        ApplyPlan.newBuilder(Plans.entry(number, ETH, side, "2"))
            .setStopPrice(new BigDecimal(stop))
            .build();
    desk.answer(desk.admit(plan), out);
  }

  private List<ApplyResult> results() {
    return out.records().stream()
        .filter(output -> output.topic() == Topic.APPLY_RESULT)
        .map(output -> (ApplyResult) output.value())
        .toList();
  }

  private List<ExchangePosition> published() {
    return out.records().stream()
        .filter(output -> output.topic() == Topic.EXCHANGE_ACCOUNT)
        .map(output -> (ExchangeAccount) output.value())
        .toList()
        .getLast()
        .getPositions();
  }

  @Test
  void shouldCloseAtOnceAsARemoteExchangeDoes() {
    // given
    begin(PAPER, true);

    // when: the stop of a long position lies above the price
    enter(1, OrderSide.BUY, "2100");

    // then: the entry, and after it the close that belongs to the stop
    assertThat(results()).extracting(ApplyResult::getOutcome).containsOnly(ResultOutcome.FILLED);
    assertThat(results())
        .extracting(ApplyResult::getOrigin)
        .containsExactly(ResultOrigin.PLAN, ResultOrigin.STOP);
    assertThat(results().getFirst().getCode()).isEqualTo("PROTECTION_REJECTED");
    ApplyResult close = results().getLast();
    assertThat(close.getSide()).isEqualTo(OrderSide.SELL);
    assertThat(close.getReduceOnly()).isTrue();
    assertThat(close.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(close.getFill().getQuantity()).isEqualByComparingTo("2");
    assertThat(close.getClientOrderId()).matches("qs-[0-9a-f]{16}-x");
    assertThat(published()).isEmpty();
  }

  @Test
  void shouldCloseAShortPosition() {
    // given
    begin(PAPER, true);

    // when
    enter(1, OrderSide.SELL, "1900");

    // then
    assertThat(results().getLast().getSide()).isEqualTo(OrderSide.BUY);
    assertThat(published()).isEmpty();
  }

  /** Lets the exchange take this much in one order. */
  private void takeAtMost(String quantity) {
    exchange.list(
        Instrument.newBuilder(exchange.instrument(ETH).orElseThrow())
            .setMaxMarketQuantity(new BigDecimal(quantity))
            .build());
  }

  @Test
  void shouldCloseAtOnceInPartsWhatIsMoreThanOneOrder() {
    // given
    begin(PAPER, true);
    takeAtMost("0.75");

    // when
    enter(1, OrderSide.BUY, "2100");

    // then
    assertThat(published()).isEmpty();
    assertThat(closes()).hasSize(3);
    assertThat(closes().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("2");
    assertThat(results()).extracting(ApplyResult::getClientOrderId).doesNotHaveDuplicates();
  }

  @Test
  void shouldSendNoFurtherPartWhereOneIsNotExecuted() {
    // given: of each order half is filled
    begin(PAPER.withFaults(FaultRules.parse("partial=ETHUSDT:0.5")), true);
    takeAtMost("0.75");

    // when: 1 of the entry is filled
    enter(1, OrderSide.BUY, "2100");

    // then
    assertThat(closes()).singleElement().matches(each -> each.compareTo(BigDecimal.ONE) < 0);
    assertThat(published()).hasSize(1);
  }

  /** Returns what was closed because there was no stop. */
  private List<BigDecimal> closes() {
    return results().stream()
        .filter(result -> result.getOrigin() == ResultOrigin.STOP)
        .map(result -> result.getFill().getQuantity())
        .toList();
  }

  @Test
  void shouldLeaveItWhereThatIsWanted() {
    // given
    begin(PAPER, false);

    // when
    enter(1, OrderSide.BUY, "2100");
    desk.tick(NOW + 60_000, out);

    // then
    assertThat(results()).hasSize(1);
    assertThat(published()).singleElement().matches(each -> each.getStopPrice() == null);
  }

  @Test
  void shouldCloseWhatIsLeftAtTheNextLook() {
    // given: of each order half is filled
    begin(PAPER.withFaults(FaultRules.parse("partial=ETHUSDT:0.5")), true);

    // when
    enter(1, OrderSide.BUY, "2100");
    BigDecimal left = published().getFirst().getQuantity();
    desk.tick(NOW + AccountSync.LOOK_MS - 1, out);
    int before = results().size();
    desk.tick(NOW + AccountSync.LOOK_MS, out);

    // then
    assertThat(left).isEqualByComparingTo("0.5");
    assertThat(before).isEqualTo(2);
    assertThat(published().getFirst().getQuantity()).isEqualByComparingTo("0.25");
    assertThat(results()).extracting(ApplyResult::getResultId).doesNotHaveDuplicates();
  }

  @Test
  void shouldLeaveWhatHasAStopByTheNextLook() {
    // given: half of it could be closed, and a stop was placed for the rest since
    begin(PAPER.withFaults(FaultRules.parse("partial=ETHUSDT:0.5")), true);
    enter(1, OrderSide.BUY, "2100");
    int before = results().size();
    ProtectiveOrder stop =
        new ProtectiveOrder(
            "main", ETH, OrderSide.SELL, Kind.STOP, new BigDecimal("1900"), "later", NOW);
    assertThat(exchange.protect(stop)).isInstanceOf(Acknowledgement.Done.class);

    // when
    desk.tick(NOW + AccountSync.LOOK_MS, out);

    // then
    assertThat(results()).hasSize(before);
  }

  @Test
  void shouldCloseWithoutAWayWhereOrdersTakeTime() {
    // given
    begin(PAPER.withLatencyMs(500), true);
    enter(1, OrderSide.BUY, "2100");
    exchange.see(Candles.flat(ETH, NOW, "2050"));

    // when
    desk.tick(NOW + 60_000, out);
    desk.report(out);

    // then
    assertThat(results())
        .filteredOn(result -> result.getFill() != null)
        .extracting(ApplyResult::getOrigin)
        .containsExactly(ResultOrigin.PLAN, ResultOrigin.STOP);
    assertThat(published()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRADE", "OBSERVE"})
  void shouldCloseWhatAnEarlierExecutorCouldNotUnlessItObserves(ExecutorMode mode) {
    // given: one that left it
    begin(PAPER, false);
    enter(1, OrderSide.BUY, "2100");
    PartitionHistory left =
        new PartitionHistory(
            NOW, Map.of("main", exchange.account("main", NOW).orElseThrow()), results(), Map.of());

    // when
    desk = desk(true, mode, left);
    desk.tick(NOW + 1_000, out);

    // then
    boolean closed = mode == ExecutorMode.TRADE;
    assertThat(results()).hasSize(closed ? 2 : 1);
    assertThat(exchange.account("main", NOW).orElseThrow().getPositions()).hasSize(closed ? 0 : 1);
  }

  @Test
  void shouldLeaveAPositionThatHasAStop() {
    // given: the one before it had none
    begin(PAPER, true);
    enter(1, OrderSide.BUY, "2100");

    // when
    enter(2, OrderSide.BUY, "1900");
    desk.tick(NOW + 60_000, out);

    // then
    assertThat(results())
        .extracting(ApplyResult::getOrigin)
        .containsExactly(ResultOrigin.PLAN, ResultOrigin.STOP, ResultOrigin.PLAN);
    assertThat(published()).singleElement().matches(each -> each.getStopPrice() != null);
  }
}
