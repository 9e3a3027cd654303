package io.quantumtrader.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.Acknowledgement.Done;
import io.quantumtrader.execution.exchange.Acknowledgement.Refused;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.Rejected;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every exchange promises the executor, whatever is behind it. The market stands at 60000 with
 * a tick of 0.1 and a step of 0.001; the account has 10000, and nothing is open.
 */
public abstract class ExchangeContract {

  protected static final String MAIN = "main";
  protected static final String BTC = "BTCUSDT";
  private static final String PLAN = "qs-0123456789abcdef";
  private static final String OTHER = "qs-fedcba9876543210";

  /** Returns the exchange under test; its account is followed already. */
  protected abstract Exchange exchange();

  /** Lets the market go to a price. */
  protected abstract void price(String price);

  /** Returns the clock, epoch milliseconds UTC. */
  protected abstract long now();

  /** Lets the process end, and returns the exchange of another that takes the account up. */
  protected abstract Exchange restart(Optional<ExchangeAccount> last, List<ApplyResult> results);

  private OrderOutcome execute(OrderSide side, String quantity, boolean reduceOnly, String id) {
    return exchange()
        .execute(new MarketOrder(MAIN, BTC, side, new BigDecimal(quantity), reduceOnly, id, now()));
  }

  private Accepted open(String quantity) {
    assertThat(exchange().setLeverage(MAIN, BTC, 5, now())).isInstanceOf(Done.class);
    OrderOutcome outcome = execute(OrderSide.BUY, quantity, false, PLAN);
    assertThat(outcome).isInstanceOf(Accepted.class);
    return (Accepted) outcome;
  }

  private Acknowledgement protect(Kind kind, String price, String plan, ExitTrigger trigger) {
    String id = plan + (kind == Kind.STOP ? "-s" : "-t");
    return exchange()
        .protect(
            new ProtectiveOrder(
                MAIN, BTC, OrderSide.SELL, kind, new BigDecimal(price), id, now(), trigger));
  }

  private ExchangeAccount account() {
    return exchange().account(MAIN, now()).orElseThrow();
  }

  /** Returns the fills that no plan asked for, once there are some. */
  private List<UnplannedFill> unplanned(Exchange exchange) {
    List<UnplannedFill> fills = new ArrayList<>();
    long until = System.nanoTime() + 20_000_000_000L;
    while (fills.isEmpty() && System.nanoTime() < until) {
      fills.addAll(exchange.marketLink().unplanned(MAIN, now()));
    }
    return fills;
  }

  private static void assertRejected(OrderOutcome outcome, ReasonCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  @Test
  void shouldListWhatItAccepts() {
    // when
    Instrument instrument = exchange().instrument(BTC).orElseThrow();

    // then
    assertThat(instrument.getTickSize()).isEqualByComparingTo("0.1");
    assertThat(instrument.getStepSize()).isEqualByComparingTo("0.001");
    assertThat(instrument.getMaxLeverage()).isBetween(1, 125);
    assertThat(exchange().instruments(now())).extracting(Instrument::getSymbol).contains(BTC);
    assertThat(exchange().instrument("NOSUCHUSDT")).isEmpty();
    assertThat(exchange().accounts()).contains(MAIN);
  }

  @Test
  void shouldOpenAPositionAtTheLeverageThatWasSet() {
    // when
    Accepted order = open("0.010");

    // then
    assertThat(order.state()).isEqualTo(State.FILLED);
    assertThat(order.filledQuantity()).isEqualByComparingTo("0.010");
    ExchangePosition position = account().getPositions().getFirst();
    assertThat(position.getSymbol()).isEqualTo(BTC);
    assertThat(position.getSide()).isEqualTo(PositionSide.LONG);
    assertThat(position.getQuantity()).isEqualByComparingTo("0.010");
    assertThat(position.getLeverage()).isEqualTo(5);
    BigDecimal fees =
        order.fills().stream().map(Fill::getFee).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(account().getWallet()).isEqualByComparingTo(new BigDecimal("10000").subtract(fees));
  }

  @Test
  void shouldRefuseALeverageThatNobodyOffers() {
    assertThat(exchange().setLeverage(MAIN, BTC, 126, now()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ReasonCode.LEVERAGE_OUT_OF_RANGE));
  }

  @Test
  void shouldRefuseOrdersThatAreNotWhatItAccepts() {
    assertRejected(execute(OrderSide.BUY, "0.0105", false, PLAN), ReasonCode.FILTER_STEP);
    assertRejected(execute(OrderSide.BUY, "0.001", false, PLAN), ReasonCode.FILTER_NOTIONAL);
    assertRejected(execute(OrderSide.BUY, "90", false, PLAN), ReasonCode.MARGIN_INSUFFICIENT);
    assertThat(account().getPositions()).isEmpty();
  }

  @Test
  void shouldOnlyReduceWhereThatIsAsked() {
    // given
    assertRejected(execute(OrderSide.SELL, "0.010", true, PLAN), ReasonCode.POSITION_FLAT);
    Accepted bought = open("0.010");

    // when
    OrderOutcome part = execute(OrderSide.SELL, "0.004", true, OTHER);
    OrderOutcome more = execute(OrderSide.SELL, "0.006", true, "qs-aaaaaaaaaaaaaaaa");

    // then
    assertThat(bought.state()).isEqualTo(State.FILLED);
    assertThat(((Accepted) part).filledQuantity()).isEqualByComparingTo("0.004");
    assertThat(((Accepted) more).filledQuantity()).isEqualByComparingTo("0.006");
    assertThat(account().getPositions()).isEmpty();
    assertRejected(
        execute(OrderSide.SELL, "0.006", true, "qs-bbbbbbbbbbbbbbbb"), ReasonCode.POSITION_FLAT);
  }

  @Test
  void shouldTellOfAnOrderWhatItSaidTheFirstTime() {
    // given
    Accepted order = open("0.010");

    // then
    assertThat(exchange().query(MAIN, BTC, PLAN, now())).isEqualTo(order);
    assertThat(exchange().query(MAIN, BTC, OTHER, now())).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldReplaceAStopByTheNext() {
    // given
    open("0.010");
    assertThat(protect(Kind.STOP, "59000", PLAN, ExitTrigger.STOP_HIT)).isInstanceOf(Done.class);
    assertThat(protect(Kind.TARGET, "62000", PLAN, ExitTrigger.TARGET_HIT))
        .isInstanceOf(Done.class);

    // when
    Acknowledgement moved = protect(Kind.STOP, "59500", OTHER, ExitTrigger.PROFIT_LOCK);
    Acknowledgement again = protect(Kind.STOP, "59500", OTHER, ExitTrigger.PROFIT_LOCK);

    // then
    assertThat(moved).isInstanceOf(Done.class);
    assertThat(again).isInstanceOf(Done.class);
    assertThat(exchange().protection(MAIN, BTC).orElseThrow())
        .extracting(each -> each.clientOrderId() + " " + each.trigger())
        .containsExactly(OTHER + "-s PROFIT_LOCK", PLAN + "-t TARGET_HIT");
    ExchangePosition position = account().getPositions().getFirst();
    assertThat(position.getStopPrice()).isEqualByComparingTo("59500");
    assertThat(position.getTargetPrice()).isEqualByComparingTo("62000");
    assertThat(position.getStopSetBy()).isEqualTo(ExitTrigger.PROFIT_LOCK);
  }

  @Test
  void shouldRefuseAStopThatWasPassedOrIsOffTheTickAndKeepTheOldOne() {
    // given
    open("0.010");
    assertThat(protect(Kind.STOP, "59000", PLAN, ExitTrigger.STOP_HIT)).isInstanceOf(Done.class);

    // when
    Acknowledgement passed = protect(Kind.STOP, "60500", OTHER, ExitTrigger.PROFIT_LOCK);
    Acknowledgement off = protect(Kind.STOP, "59500.05", OTHER, ExitTrigger.PROFIT_LOCK);

    // then
    assertThat(passed).isInstanceOf(Refused.class);
    assertThat(off)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(ReasonCode.FILTER_TICK));
    assertThat(exchange().protection(MAIN, BTC).orElseThrow())
        .singleElement()
        .extracting(ProtectiveOrder::clientOrderId)
        .isEqualTo(PLAN + "-s");
  }

  @Test
  void shouldCancelProtectionAlsoWhereThereIsNone() {
    // given
    open("0.010");
    assertThat(protect(Kind.STOP, "59000", PLAN, ExitTrigger.STOP_HIT)).isInstanceOf(Done.class);

    // then
    assertThat(exchange().cancelProtection(MAIN, BTC, now())).isInstanceOf(Done.class);
    assertThat(exchange().cancelProtection(MAIN, BTC, now())).isInstanceOf(Done.class);
    assertThat(exchange().protection(MAIN, BTC).orElseThrow()).isEmpty();
    assertThat(account().getPositions().getFirst().getStopPrice()).isNull();
  }

  @Test
  void shouldClearProtectionOnlyWhereNothingIsOpen() {
    // given
    open("0.010");
    assertThat(protect(Kind.STOP, "59000", PLAN, ExitTrigger.STOP_HIT)).isInstanceOf(Done.class);

    // when
    Acknowledgement open = exchange().clearProtection(MAIN, BTC, now());
    int whileOpen = exchange().protection(MAIN, BTC).orElseThrow().size();
    var unused = execute(OrderSide.SELL, "0.010", true, "qs-bbbbbbbbbbbbbbbb");
    Acknowledgement flat = exchange().clearProtection(MAIN, BTC, now());

    // then
    assertThat(open).isInstanceOf(Done.class);
    assertThat(whileOpen).isEqualTo(1);
    assertThat(flat).isInstanceOf(Done.class);
    assertThat(exchange().protection(MAIN, BTC).orElseThrow()).isEmpty();
  }

  @Test
  void shouldTellOnceOfAStopThatWasSetOff() {
    // given
    open("0.010");
    assertThat(protect(Kind.STOP, "59000", PLAN, ExitTrigger.TRAILING_STOP))
        .isInstanceOf(Done.class);
    assertThat(protect(Kind.TARGET, "62000", PLAN, ExitTrigger.TARGET_HIT))
        .isInstanceOf(Done.class);

    // when
    price("58900");
    List<UnplannedFill> fills = unplanned(exchange());

    // then
    UnplannedFill fill = fills.getFirst();
    assertThat(fills).hasSize(1);
    assertThat(fill.origin()).isEqualTo(ResultOrigin.STOP);
    assertThat(fill.trigger()).isEqualTo(ExitTrigger.TRAILING_STOP);
    assertThat(fill.clientOrderId()).isEqualTo(PLAN + "-s");
    assertThat(fill.side()).isEqualTo(OrderSide.SELL);
    assertThat(fill.reduceOnly()).isTrue();
    assertThat(fill.leverage()).isEqualTo(5);
    assertThat(fill.fill().getQuantity()).isEqualByComparingTo("0.010");
    assertThat(exchange().marketLink().unplanned(MAIN, now())).isEmpty();
    assertThat(account().getPositions()).isEmpty();
    assertThat(exchange().clearProtection(MAIN, BTC, now())).isInstanceOf(Done.class);
    assertThat(exchange().protection(MAIN, BTC).orElseThrow()).isEmpty();
    assertThat(account().getLastFillId()).isEqualTo(fill.fill().getFillId());
  }

  @Test
  void shouldGoOnInAnotherProcess() {
    // given
    Accepted order = open("0.010");
    assertThat(protect(Kind.STOP, "59000", PLAN, ExitTrigger.PROFIT_LOCK)).isInstanceOf(Done.class);
    ExchangeAccount last = account();
    List<ApplyResult> results = new ArrayList<>(List.of(booked(order)));

    // when
    Exchange next = restart(Optional.of(last), results);

    // then
    assertThat(next.marketLink().unplanned(MAIN, now())).isEmpty();
    ExchangeAccount now = next.account(MAIN, now()).orElseThrow();
    assertThat(now.getPositions()).hasSize(1);
    assertThat(now.getWallet()).isEqualByComparingTo(last.getWallet());
    assertThat(next.query(MAIN, BTC, PLAN, now())).isEqualTo(order);
    price("58900");
    UnplannedFill fill = unplanned(next).getFirst();
    assertThat(fill.trigger()).isEqualTo(ExitTrigger.PROFIT_LOCK);

    // and: once it is booked, the process after that does not tell it again
    ExchangeAccount flat = next.account(MAIN, now()).orElseThrow();
    results.add(ResultRecords.unplanned(fill, now()));
    Exchange third = restart(Optional.of(flat), results);
    for (int i = 0; i < 5; i++) {
      assertThat(third.marketLink().unplanned(MAIN, now())).isEmpty();
    }
  }

  private ApplyResult booked(Accepted order) {
    Fill fill = order.fills().getFirst();
    return ApplyResult.newBuilder()
        .setResultId(fill.getFillId())
        .setPlanId(PLAN.substring(3))
        .setSymbol(BTC)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(fill.getQuantity())
        .setFilledQuantity(fill.getQuantity())
        .setFill(fill)
        .setClientOrderId(PLAN)
        .setOrderId(order.orderId())
        .setLeverage(5)
        .setAtMs(now())
        .build();
  }
}
