package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static io.quantumtrader.execution.Candles.prices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Market orders that take time to the market. */
class PaperLatencyTest {

  private static final String ETH = "ETHUSDT";
  private static final long NOW = 60_000;
  private static final long LATENCY = 500;
  private static final PaperSettings SETTINGS =
      PaperSettings.DEFAULT.withCosts(BigDecimal.ZERO, BigDecimal.ZERO).withLatencyMs(LATENCY);
  private static final String ID = ClientOrderIds.of(Plans.id(1));

  private PaperExchange exchange = new PaperExchange(SETTINGS);

  @BeforeEach
  void seePrice() {
    exchange.see(flat(ETH, 0, "2000.1"));
  }

  private static MarketOrder order(String id, OrderSide side, boolean reduceOnly, long atMs) {
    return new MarketOrder("main", ETH, side, BigDecimal.ONE, reduceOnly, id, atMs);
  }

  private static MarketOrder buy() {
    return order(ID, OrderSide.BUY, false, NOW);
  }

  private OrderOutcome asked(long nowMs) {
    return exchange.query("main", ETH, ID, nowMs);
  }

  private static Accepted taken() {
    return new Accepted("paper-" + ID, State.OPEN, List.of());
  }

  /** A price of a moment, as a feed writes it between candles. */
  private static Candle mark(long atMs, String price) {
    return Candle.newBuilder(flat(ETH, atMs, price)).setIntervalMs(1).build();
  }

  private static void assertFilled(OrderOutcome outcome, String price, long atMs) {
    Accepted filled = (Accepted) outcome;
    assertThat(filled.state()).isEqualTo(State.FILLED);
    Fill fill = filled.fills().getFirst();
    assertThat(fill.getPrice()).isEqualByComparingTo(price);
    assertThat(fill.getAtMs()).isEqualTo(atMs);
    assertThat(fill.getFillId()).isEqualTo(ID + "-1");
  }

  @Test
  void shouldTakeAnOrderAndFillItAtTheNextFullMinute() {
    // when
    OrderOutcome sent = exchange.execute(buy());
    OrderOutcome again = exchange.execute(buy());
    OrderOutcome before = asked(NOW + 1_000);
    ExchangeAccount open = exchange.account("main", NOW).orElseThrow();
    exchange.see(prices(ETH, NOW, "2001", "2009", "1990", "2005"));
    OrderOutcome filled = asked(NOW + 60_000);

    // then
    assertThat(List.of(sent, again, before)).containsOnly(taken());
    assertThat(open.getPositions()).isEmpty();
    assertFilled(filled, "2005", NOW + 60_000);
    assertThat(asked(NOW + 61_000)).isEqualTo(filled);
    assertThat(exchange.execute(buy())).isEqualTo(filled);
    assertThat(exchange.account("main", NOW).orElseThrow().getPositions()).hasSize(1);
  }

  @ParameterizedTest(name = "a mark {0} ms after the order: filled {1}")
  @CsvSource({"499, false", "500, true", "501, true"})
  void shouldMeetTheFirstMarkAtOrAfterItsArrival(long afterMs, boolean filled) {
    // given
    exchange.execute(buy());

    // when
    exchange.see(mark(NOW + afterMs, "2003"));
    exchange.see(mark(NOW + 5_000, "2007"));

    // then
    assertFilled(asked(NOW + 6_000), filled ? "2003" : "2007", NOW + (filled ? afterMs : 5_000));
  }

  @Test
  void shouldMeetTheOpenOfACandleThatOpensLater() {
    // given: the candles in between are missing
    exchange.execute(buy());

    // when
    exchange.see(prices(ETH, NOW + 120_000, "2010", "2020", "2000", "2015"));

    // then
    assertFilled(asked(NOW + 180_000), "2010", NOW + 120_000);
  }

  @ParameterizedTest(name = "sent {0} ms after the open: filled at {1}")
  @CsvSource({"0, 2005", "59499, 2005", "59500, 2006", "60000, 2008"})
  void shouldMeetThePriceOfACandleThatWasReadBeforeItWasSent(long sentAfterMs, String price) {
    // given: marks are read as soon as they are there; the clock by which an order is sent is
    // behind
    exchange.see(prices(ETH, NOW, "2001", "2009", "1990", "2005"));
    exchange.see(prices(ETH, NOW + 60_000, "2006", "2009", "1990", "2008"));

    // when
    exchange.execute(order(ID, OrderSide.BUY, false, NOW + sentAfterMs));

    // then: not the open of the candle that comes next
    exchange.see(flat(ETH, NOW + 120_000, "2030"));
    assertFilled(asked(NOW + 120_000), price, NOW + (price.equals("2008") ? 120_000 : 60_000));
  }

  @Test
  void shouldMeetTheSamePriceAfterARestartWhereTheCandleWasReadBeforeItWasSent() {
    // given
    exchange.see(flat(ETH, NOW, "2005"));
    MarketOrder late = order(ID, OrderSide.BUY, false, NOW + 30_000);
    exchange.execute(late);

    // when: it is given back, and shown the marks since it was sent
    PaperExchange after =
        restored(SETTINGS, List.of(ResultRecords.submitting(plan(), NOW + 30_000)));
    after.see(flat(ETH, NOW, "2005"));

    // then
    assertThat(after.query("main", ETH, ID, NOW + 60_000)).isEqualTo(asked(NOW + 60_000));
    assertFilled(asked(NOW + 60_000), "2005", NOW + 60_000);
  }

  @Test
  void shouldRememberOnlySoManyCandles() {
    // given: the reader is further ahead than is remembered
    for (int i = 0; i <= PaperMarket.RECENT; i++) {
      exchange.see(flat(ETH, NOW + i * 60_000L, "20" + (10 + i)));
    }

    // when
    exchange.execute(buy());

    // then: the first that is remembered
    assertFilled(asked(NOW + 120_000), "2011", NOW + 60_000);
  }

  @Test
  void shouldChangeNothingBeforeTheClockHasReachedThePrice() {
    // given
    exchange.execute(buy());

    // when: candles are read ahead
    exchange.see(flat(ETH, NOW, "2005"));
    exchange.see(flat(ETH, NOW + 60_000, "2006"));

    // then
    assertThat(asked(NOW + 59_999)).isEqualTo(taken());
    assertThat(exchange.account("main", NOW).orElseThrow().getPositions()).isEmpty();
    assertFilled(asked(NOW + 60_000), "2005", NOW + 60_000);
  }

  @ParameterizedTest(name = "asked {0} ms after the order: {1}")
  @CsvSource({"120500, OPEN", "120501, EXPIRED"})
  void shouldLapseWhereNoPriceComes(long afterMs, State state) {
    // given
    exchange.execute(buy());

    // when
    Accepted found = (Accepted) asked(NOW + afterMs);

    // then: what comes later fills nothing that is gone
    assertThat(found.state()).isEqualTo(state);
    assertThat(found.fills()).isEmpty();
    exchange.see(flat(ETH, NOW + 300_000, "2005"));
    assertThat(((Accepted) asked(NOW + 400_000)).state()).isEqualTo(State.EXPIRED);
    assertThat(exchange.account("main", NOW).orElseThrow().getPositions()).isEmpty();
  }

  @Test
  void shouldWaitForTheNextOfLongCandles() {
    // given: an order that is sent as an hour closes
    long hour = 3_600_000;
    exchange.see(Candle.newBuilder(flat(ETH, 0, "2000.1")).setIntervalMs(hour).build());
    exchange.execute(order(ID, OrderSide.BUY, false, hour));

    // then
    assertThat(asked(3 * hour + LATENCY)).isEqualTo(taken());
    assertThat(((Accepted) asked(3 * hour + LATENCY + 1)).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void shouldJudgeAnOrderAsItArrives() {
    // given: a close is on its way, and another one is faster
    exchange.execute(buy());
    exchange.see(flat(ETH, NOW, "2005"));
    asked(NOW + 60_000);
    exchange.execute(order("first", OrderSide.SELL, true, NOW + 60_000));
    exchange.execute(order("second", OrderSide.SELL, true, NOW + 60_000));

    // when
    exchange.see(flat(ETH, NOW + 60_000, "2010"));
    OrderOutcome first = exchange.query("main", ETH, "first", NOW + 120_000);
    OrderOutcome second = exchange.query("main", ETH, "second", NOW + 120_000);

    // then
    assertThat(((Accepted) first).state()).isEqualTo(State.FILLED);
    assertThat(second)
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.code()).isEqualTo(ReasonCode.POSITION_FLAT));
  }

  @Test
  void shouldRefuseAtOnceWhatHasNoPriceOrIsRefusedOnDemand() {
    PaperExchange refusing =
        new PaperExchange(SETTINGS.withFaults(FaultRules.parse("reject=ETHUSDT")));
    refusing.see(flat(ETH, 0, "2000.1"));

    assertThat(refusing.execute(buy())).isInstanceOf(Rejected.class);
    assertThat(new PaperExchange(SETTINGS).execute(buy())).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest(name = "a close that meets the price {0} ms after a payment: {1} paid")
  @CsvSource({"0, 0", "60000, 1"})
  void shouldPayFundingUpToTheCloseThatWasOnItsWay(long afterMs, int payments) {
    // given
    long meetsMs = PaperFunding.PERIOD_MS + afterMs;
    exchange = new PaperExchange(SETTINGS.withFundingRate(new BigDecimal("0.001")));
    seePrice();
    exchange.execute(buy());
    exchange.see(flat(ETH, NOW, "2000"));
    asked(NOW + 60_000);
    exchange.execute(order("close", OrderSide.SELL, true, meetsMs - 60_000));

    // when: it is asked about an hour later
    exchange.see(flat(ETH, meetsMs - 60_000, "2010"));
    exchange.query("main", ETH, "close", meetsMs + 3_600_000);

    // then
    assertThat(exchange.income("main", meetsMs + 3_600_000)).hasSize(payments);
  }

  @Test
  void shouldSayWhichOrdersHaveAnAnswer() {
    // given
    exchange.execute(buy());

    // when
    Set<String> before = exchange.answered("main", NOW + 60_000);
    exchange.see(flat(ETH, NOW, "2005"));

    // then
    assertThat(before).isEmpty();
    assertThat(exchange.answered("main", NOW + 59_999)).isEmpty();
    assertThat(exchange.answered("main", NOW + 60_000)).containsExactly(ID);
    asked(NOW + 60_000);
    assertThat(exchange.answered("main", NOW + 60_000)).isEmpty();
  }

  private static ApplyPlan plan() {
    return Plans.entry(1, ETH, OrderSide.BUY, "1");
  }

  private PaperExchange restored(PaperSettings settings, List<ApplyResult> results) {
    PaperExchange after = new PaperExchange(settings);
    after.see(flat(ETH, 0, "2000.1"));
    after.restore("main", exchange.account("main", NOW), results);
    return after;
  }

  @Test
  void shouldGoOnWithWhatWasAnnouncedAfterARestart() {
    // given
    exchange.setLeverage("main", ETH, 10, NOW);
    exchange.execute(buy());

    // when
    PaperExchange after = restored(SETTINGS, List.of(ResultRecords.submitting(plan(), NOW)));
    OrderOutcome open = after.query("main", ETH, ID, NOW + 1_000);
    exchange.see(flat(ETH, NOW, "2005"));
    after.see(flat(ETH, NOW, "2005"));

    // then: the same fill, and the leverage that the plan has
    assertThat(open).isEqualTo(taken());
    assertThat(after.query("main", ETH, ID, NOW + 60_000)).isEqualTo(asked(NOW + 60_000));
    assertThat(after.account("main", NOW)).isEqualTo(exchange.account("main", NOW));
    assertThat(after.account("main", NOW).orElseThrow().getPositions().getFirst().getLeverage())
        .isEqualTo(10);
  }

  @Test
  void shouldNotGoOnWithWhatWasAnswered() {
    // given
    exchange.execute(buy());
    exchange.see(flat(ETH, NOW, "2005"));
    Accepted filled = (Accepted) asked(NOW + 60_000);
    ApplyResult result =
        ResultRecords.fill(
            plan(),
            ResultOutcome.FILLED,
            true,
            filled.fills().getFirst(),
            new Progress(filled.orderId(), filled.filledQuantity()),
            Remark.NONE,
            NOW + 60_000);

    // when
    PaperExchange after =
        restored(SETTINGS, List.of(ResultRecords.submitting(plan(), NOW), result));
    after.see(flat(ETH, NOW + 60_000, "2010"));

    // then
    assertThat(after.query("main", ETH, ID, NOW + 120_000)).isEqualTo(filled);
    assertThat(after.account("main", NOW)).isEqualTo(exchange.account("main", NOW));
  }

  @Test
  void shouldKnowNothingOfAnAnnouncementWithoutLatency() {
    // given: then an order is filled as it is sent
    PaperExchange after =
        restored(SETTINGS.withLatencyMs(0), List.of(ResultRecords.submitting(plan(), NOW)));

    // then
    assertThat(after.query("main", ETH, ID, NOW + 1_000)).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldForgetWhatIsOnItsWayForAnotherToGoOnWith() {
    exchange.execute(buy());
    exchange.forget("main");

    assertThat(asked(NOW + 1_000)).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldRefuseALatencyBelowNothing() {
    assertThatThrownBy(() -> SETTINGS.withLatencyMs(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
