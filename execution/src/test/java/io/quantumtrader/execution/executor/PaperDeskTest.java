package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the desk does for an exchange in this process, which remembers nothing by itself. */
class PaperDeskTest {

  private static final String ETH = "ETHUSDT";
  private static final long NOW = 10_000;

  private final TradingStates trading = new TradingStates();
  private final LedgerRows ledger = new LedgerRows();
  private final Outputs out = new Outputs();
  private PaperExchange exchange = exchange();
  private PartitionExecutor desk = desk(PartitionHistory.NONE);

  private static PaperExchange exchange() {
    PaperExchange exchange =
        new PaperExchange(
            PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, new BigDecimal("0.0004")));
    exchange.see(Candles.flat(ETH, 0, "2000.5"));
    return exchange;
  }

  private PartitionExecutor desk(PartitionHistory history) {
    return new PartitionExecutor(
        0, exchange.accounts(), exchange, trading, ledger, MockClients.settings().build(), history);
  }

  /** Opens a position of 2 with a stop. */
  @BeforeEach
  void hold() {
    trading.set("*", TradingState.ACTIVE);
    desk.tick(NOW, out);
    ApplyPlan plan =
        ApplyPlan.newBuilder(Plans.entry(1, ETH, OrderSide.BUY, "2"))
            .setStopPrice(new BigDecimal("1900"))
            .build();
    desk.answer(desk.admit(plan), out);
    assertThat(account().getPositions()).hasSize(1);
  }

  private ExchangeAccount account() {
    return exchange.account("main", NOW).orElseThrow();
  }

  private List<ApplyResult> results() {
    return out.records().stream()
        .filter(output -> output.topic() == Topic.APPLY_RESULT)
        .map(output -> (ApplyResult) output.value())
        .toList();
  }

  @Test
  void shouldGiveBackAccountsAndOrders() {
    // given
    ExchangeAccount published = account();

    // when
    exchange = exchange();
    desk = desk(new PartitionHistory(NOW, Map.of("main", published), results(), Map.of()));

    // then
    assertThat(account()).isEqualTo(published);
    assertThat(exchange.protection("main", ETH).orElseThrow()).hasSize(1);
    assertThat(exchange.query("main", ETH, "qs-" + Plans.id(1), NOW)).isInstanceOf(Accepted.class);
  }

  @Test
  void shouldForgetAccountsThatAnotherExecutorGoesOnWith() {
    // when
    desk.release();

    // then
    assertThat(account().getPositions()).isEmpty();
    assertThat(account().getWallet()).isEqualByComparingTo("10000");
  }

  @ParameterizedTest(name = "{0} ms later: {1}")
  @CsvSource({"86400000, true", "86400001, false"})
  void shouldLetTheExchangeRememberOrdersForADay(long laterMs, boolean known) {
    // when
    desk.tick(NOW + laterMs, out);

    // then
    assertThat(exchange.query("main", ETH, "qs-" + Plans.id(1), NOW) instanceof Unknown)
        .isNotEqualTo(known);
  }

  /** Returns an instrument with a tick that no price has shown. */
  private static Instrument bitcoin() {
    return new Instrument(
        "BTCUSDT",
        new BigDecimal("0.01"),
        new BigDecimal("0.001"),
        new BigDecimal("0.001"),
        new BigDecimal("5"),
        125,
        InstrumentStatus.TRADING,
        0L,
        null,
        null,
        null,
        List.of(),
        null);
  }

  private ExecutorSession session(MockClients clients) {
    ExecutorSession session =
        new ExecutorSession(
            MockClients.settings().build(), exchange, clients, CrashPoint.Watch.NONE);
    session.open();
    return session;
  }

  @Test
  void shouldGiveBackInstruments() {
    // given
    MockClients clients = new MockClients(PartitionHistory.NONE);
    clients.published(bitcoin());

    // when
    session(clients);

    // then
    assertThat(exchange.instrument("BTCUSDT")).contains(bitcoin());
  }

  @Test
  void shouldListTheInstrumentThatAMarkNames() {
    // given
    MockClients clients = new MockClients(PartitionHistory.NONE);
    ExecutorSession session = session(clients);
    byte[] said = clients.encoded(Topic.INSTRUMENT, bitcoin());
    byte[] mark = clients.encoded(Topic.MARK, Candles.flat("BTCUSDT", 0, "90000"));

    // when
    clients.add(
        Topic.MARK, "BTCUSDT", mark, new RecordHeaders().add(MarketHeaders.INSTRUMENT, said));
    session.step();

    // then
    assertThat(exchange.instrument("BTCUSDT").orElseThrow().getTickSize())
        .isEqualByComparingTo("0.01");
  }
}
