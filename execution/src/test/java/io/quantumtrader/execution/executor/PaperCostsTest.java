package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * What the session makes of funding and of orders that take time, against Kafka's mock clients, and
 * what a later executor makes of what was committed.
 */
class PaperCostsTest {

  private static final String ETH = "ETHUSDT";
  private static final long NOW = 60_000;
  private static final long EIGHT = 8 * 3_600_000;
  private static final PaperSettings FREE =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO);

  private final List<ApplyResult> results = new ArrayList<>();
  private final List<ExchangeIncome> incomes = new ArrayList<>();
  private PaperSettings paper = FREE;
  private MockClients clients;
  private ExecutorSession session;
  private ExchangeAccount account;

  private void begin(PartitionHistory history, List<Candle> marks) {
    clients = new MockClients(history, marks);
    session =
        new ExecutorSession(
            MockClients.settings().build(),
            new PaperExchange(paper),
            clients,
            CrashPoint.Watch.NONE);
    session.open();
    marks.forEach(this::mark);
    session.step();
    clients.assign();
    add(
        Topic.CONTROL,
        "*",
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.ACTIVE)
            .setAtMs(0)
            .build());
    session.step();
  }

  /** Lets another executor go on from what was committed. */
  private void restart(long nowMs, List<Candle> marks, ApplyPlan... open) {
    keep();
    Map<String, ApplyPlan> plans =
        open.length == 0 ? Map.of() : Map.of(open[0].getPlanId(), open[0]);
    begin(
        new PartitionHistory(
            nowMs, 0, Optional.empty(), Map.of("main", account), results, incomes, plans),
        marks);
  }

  private void keep() {
    results.addAll(clients.written(Topic.APPLY_RESULT, ApplyResult.class));
    incomes.addAll(clients.written(Topic.EXCHANGE_INCOME, ExchangeIncome.class));
    clients
        .written(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class)
        .forEach(written -> account = written);
  }

  private void add(Topic topic, String key, SpecificRecord value) {
    clients.add(topic, key, clients.encoded(topic, value));
  }

  private void mark(Candle candle) {
    add(Topic.MARK, candle.getSymbol(), candle);
  }

  private void clock(long nowMs) {
    add(Topic.CLOCK, "0", new Clock(nowMs, 60_000L, 0));
    session.step();
  }

  private static ApplyPlan entry() {
    return ApplyPlan.newBuilder(Plans.entry(1, ETH, OrderSide.BUY, "2"))
        .setStopPrice(new BigDecimal("1900"))
        .build();
  }

  private void send() {
    mark(Candles.flat(ETH, 0, "2000.5"));
    clock(NOW);
    add(Topic.APPLY_PLAN, "main", entry());
    session.step();
  }

  private void assertFilledOnce(String price, long filledAtMs, long toldAtMs) {
    keep();
    assertThat(results)
        .extracting(ApplyResult::getOutcome)
        .containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.FILLED);
    ApplyResult last = results.getLast();
    assertThat(last.getFinalResult()).isTrue();
    assertThat(last.getAtMs()).isEqualTo(toldAtMs);
    assertThat(last.getFill().getAtMs()).isEqualTo(filledAtMs);
    assertThat(last.getFill().getPrice()).isEqualByComparingTo(price);
    assertThat(account.getPositions()).hasSize(1);
    assertThat(account.getPositions().getFirst().getStopPrice()).isEqualByComparingTo("1900");
    assertThat(account.getPositions().getFirst().getLeverage()).isEqualTo(10);
  }

  @Test
  void shouldFillAtTheNextPriceAndThenProtect() {
    // given
    paper = FREE.withLatencyMs(500);
    begin(PartitionHistory.NONE, List.of());
    send();

    // when: the price comes after the clock that it is of, as in a replay
    clock(NOW + 1_000);
    clock(NOW + 60_000);
    mark(Candles.flat(ETH, NOW, "2010.5"));
    session.step();

    // then: told with it, not at the next step of the clock
    assertFilledOnce("2010.5", NOW + 60_000, NOW + 60_000);
  }

  @Test
  void shouldGoOnWithAnOrderThatWasOnItsWay() {
    // given: announced and taken, nothing else
    paper = FREE.withLatencyMs(500);
    begin(PartitionHistory.NONE, List.of());
    send();

    // when: the price came before the executor that goes on with it
    restart(
        NOW + 120_000,
        List.of(
            Candles.flat(ETH, 0, "2000.5"),
            Candles.flat(ETH, NOW, "2010.5"),
            Candles.flat(ETH, NOW + 60_000, "2020.5")),
        entry());
    clock(NOW + 120_000);
    clock(NOW + 180_000);

    // then: the price of its time, once
    assertFilledOnce("2010.5", NOW + 60_000, NOW + 120_000);
  }

  @Test
  void shouldNotFillAgainWhatWasFilledBeforeARestart() {
    // given
    paper = FREE.withLatencyMs(500);
    begin(PartitionHistory.NONE, List.of());
    send();
    mark(Candles.flat(ETH, NOW, "2010.5"));
    clock(NOW + 60_000);

    // when
    restart(
        NOW + 60_000, List.of(Candles.flat(ETH, 0, "2000.5"), Candles.flat(ETH, NOW, "2010.5")));
    mark(Candles.flat(ETH, NOW + 60_000, "2020.5"));
    clock(NOW + 120_000);

    // then
    assertFilledOnce("2010.5", NOW + 60_000, NOW + 60_000);
  }

  @Test
  void shouldEndAnOrderWhosePriceNeverComes() {
    // given
    paper = FREE.withLatencyMs(500);
    begin(PartitionHistory.NONE, List.of());
    send();

    // when
    for (long atMs = NOW + 60_000; atMs <= NOW + 300_000; atMs += 60_000) {
      clock(atMs);
    }
    keep();

    // then
    assertThat(results)
        .extracting(ApplyResult::getOutcome)
        .containsExactly(ResultOutcome.SUBMITTING, ResultOutcome.REJECTED);
    assertThat(results.getLast().getMessage()).contains("expired without a fill");
    assertThat(account.getPositions()).isEmpty();
  }

  @Test
  void shouldPublishFundingWithTheWalletInOneTransaction() {
    // given
    paper = FREE.withFundingRate(new BigDecimal("0.001"));
    begin(PartitionHistory.NONE, List.of());
    send();
    mark(Candles.flat(ETH, EIGHT - 60_000, "2100"));
    session.step();
    long commits = clients.producer.commitCount();

    // when
    clock(EIGHT + 1_000);
    session.step();
    keep();

    // then: 2 x 2100 of notional
    assertThat(incomes)
        .singleElement()
        .satisfies(
            paid -> {
              assertThat(paid.getAmount()).isEqualByComparingTo("-4.2");
              assertThat(paid.getIncomeId()).isEqualTo("paper-funding:ETHUSDT:" + EIGHT);
              assertThat(paid.getAtMs()).isEqualTo(EIGHT + 1_000);
            });
    assertThat(account.getWallet()).isEqualByComparingTo("9995.8");
    assertThat(clients.producer.commitCount()).isEqualTo(commits + 1);
  }

  @Test
  void shouldPayAfterARestartWhatIsDueAndNothingTwice() {
    // given
    paper = FREE.withFundingRate(new BigDecimal("0.001"));
    begin(PartitionHistory.NONE, List.of());
    send();
    clock(EIGHT);
    clock(EIGHT + 60_000);

    // when: the next executor comes two payments later
    restart(3 * EIGHT, List.of(Candles.flat(ETH, 0, "2000.5")));
    clock(3 * EIGHT + 60_000);
    clock(3 * EIGHT + 120_000);
    keep();

    // then
    assertThat(incomes)
        .extracting(ExchangeIncome::getExchangeAtMs)
        .containsExactly(EIGHT, 2 * EIGHT, 3 * EIGHT);
    assertThat(account.getWallet()).isEqualByComparingTo("9987.997");
  }
}
