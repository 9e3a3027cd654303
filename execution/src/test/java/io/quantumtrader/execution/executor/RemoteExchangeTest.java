package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What the session leaves out, and does first, for an exchange outside of this process. */
class RemoteExchangeTest {

  private static final String ETH = "ETHUSDT";

  private final List<String> moments = new ArrayList<>();
  private final RememberingExchange exchange =
      new RememberingExchange(PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO));
  private MockClients clients = new MockClients(PartitionHistory.NONE);

  private ExecutorSession open() {
    ExecutorSession session =
        new ExecutorSession(MockClients.settings().build(), exchange, clients, this::note);
    session.open();
    clients.assign();
    return session;
  }

  /** Notes what was committed, and what the exchange was asked, when the moment came. */
  private void note(CrashPoint point) {
    List<ResultOutcome> outcomes =
        clients.written(Topic.APPLY_RESULT, ApplyResult.class).stream()
            .map(ApplyResult::getOutcome)
            .toList();
    moments.add(point + " " + outcomes + " " + exchange.calls().size());
  }

  private void add(Topic topic, String key, SpecificRecord value) {
    clients.add(topic, key, clients.encoded(topic, value));
  }

  @Test
  void shouldReadNoMarks() {
    // given: a position with a stop, for which an exchange in this process would need the marks
    clients = new MockClients(new PartitionHistory(60_000, held(), List.of(), Map.of()));

    // when
    open().step();

    // then
    assertThat(clients.market.assignment())
        .containsExactlyInAnyOrder(MockClients.LEDGER, MockClients.CONTROL);
    assertThat(clients.marksRead()).isZero();
  }

  private static Map<String, ExchangeAccount> held() {
    ExchangePosition position =
        ExchangePosition.newBuilder()
            .setSymbol(ETH)
            .setSide(PositionSide.LONG)
            .setQuantity(BigDecimal.ONE)
            .setEntryPrice(new BigDecimal("2000.5"))
            .setLeverage(1)
            .setStopPrice(new BigDecimal("1900"))
            .build();
    return Map.of(
        "main",
        ExchangeAccount.newBuilder()
            .setAsOfMs(60_000)
            .setFollowedFromMs(1)
            .setWallet(BigDecimal.TEN)
            .setPositions(List.of(position))
            .setLastFillId("f")
            .build());
  }

  @Test
  void shouldSendAPlanOnlyAfterItsAnnouncementIsCommitted() {
    // given
    ExecutorSession session = open();
    exchange.paper().see(Candles.flat(ETH, 0, "2000.5"));
    add(
        Topic.CONTROL,
        "*",
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.ACTIVE)
            .setAtMs(0)
            .build());
    add(Topic.CLOCK, "0", new Clock(5_000L, 1_000L, 0));
    session.step();
    moments.clear();

    // when
    add(Topic.APPLY_PLAN, "main", Plans.entry(1, ETH, OrderSide.BUY, "2"));
    session.step();
    session.step();

    // then
    assertThat(moments)
        .containsSubsequence(
            "RECEIVED [] 0",
            "ANNOUNCED [SUBMITTING] 0",
            "EXECUTED [SUBMITTING] 1",
            "COMMITTED [SUBMITTING, FILLED] 1");
  }
}
