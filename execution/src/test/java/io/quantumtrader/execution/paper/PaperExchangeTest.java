package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.paper.FaultRules.Fault;
import io.quantumtrader.execution.paper.FaultRules.Rule;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperExchangeTest extends PaperTestBase {

  private final PaperExchange exchange = new PaperExchange(SETTINGS);

  private static Fill fill(OrderOutcome outcome) {
    return ((Accepted) outcome).fills().getFirst();
  }

  @ParameterizedTest(name = "{0} {1} at {2} with {3} bps and fee rate {4}")
  @CsvSource({
    "BUY, 2, 2500.11, 1, 0.0004, 2500.37, 2.000296, 9997.999704",
    "SELL, 2, 2500.11, 1, 0.0004, 2499.85, 1.99988, 9998.00012",
    "BUY, 2, 2500.11, 0, 0, 2500.11, 0, 10000",
    "BUY, 0.0021, 2500.11, 2, 0.0004, 2500.62, 0.0021005208, 9999.9978994792",
    "SELL, 0.3333, 2500.11, 0.5, 0.00037, 2499.98, 0.30830003358, 9999.69169996642",
  })
  void shouldFillAtTheLastPricePlusSlippageAndFee(
      OrderSide side,
      String quantity,
      String last,
      String bps,
      String feeRate,
      String price,
      String fee,
      String wallet) {
    // given
    PaperExchange exchange =
        at(SETTINGS.withCosts(new BigDecimal(bps), new BigDecimal(feeRate)), last);
    exchange.setLeverage("main", ETH, 10, NOW);

    // when
    OrderOutcome outcome = exchange.execute(order("a", side, quantity));

    // then
    assertThat(((Accepted) outcome).state()).isEqualTo(State.FILLED);
    Fill fill = fill(outcome);
    assertThat(fill.getQuantity()).isEqualByComparingTo(quantity);
    assertThat(fill.getPrice()).isEqualByComparingTo(price);
    assertThat(fill.getFee()).isEqualByComparingTo(fee);
    assertThat(fill.getAtMs()).isEqualTo(NOW);
    assertThat(main(exchange).getWallet()).isEqualByComparingTo(wallet);
    assertThat(main(exchange).getLastFillId()).isEqualTo(fill.getFillId());
  }

  @Test
  void shouldKeepWalletAndPositionToTheLastDigit() {
    // given
    PaperSettings costs = SETTINGS.withCosts(BigDecimal.ZERO, new BigDecimal("0.0004"));
    PaperExchange exchange = at(costs, "0.07");
    exchange.setLeverage("main", ETH, 5, NOW);

    // when: bought twice, sold half, then turned round
    exchange.execute(order("a", OrderSide.BUY, "1000"));
    exchange.see(flat(ETH, 60_000, "0.08"));
    exchange.execute(order("b", OrderSide.BUY, "2000"));
    exchange.see(flat(ETH, 120_000, "0.09"));
    exchange.execute(reduce("c", OrderSide.SELL, "1500"));
    exchange.see(flat(ETH, 180_000, "0.06"));
    exchange.execute(order("d", OrderSide.SELL, "2000"));

    // then: entry 230/3000; realised 1500 x (0.09 - entry) + 1500 x (0.06 - entry); fees of
    // 70 + 160 + 135 + 120 traded
    ExchangeAccount account = main(exchange);
    assertThat(account.getWallet()).isEqualByComparingTo("9994.8059999999999990");
    ExchangePosition position = account.getPositions().getFirst();
    assertThat(position.getSide()).isEqualTo(PositionSide.SHORT);
    assertThat(position.getQuantity()).isEqualByComparingTo("500");
    assertThat(position.getEntryPrice()).isEqualByComparingTo("0.06");
    assertThat(position.getLeverage()).isEqualTo(5);
  }

  @Test
  void shouldAnswerTheSameOrderTheSameWayTwice() {
    // given
    PaperExchange exchange = at(SETTINGS, "2500.11");
    OrderOutcome first = exchange.execute(order("a", OrderSide.BUY, "1"));
    ExchangeAccount before = main(exchange);
    exchange.see(flat(ETH, 60_000, "2600"));

    // when
    OrderOutcome second = exchange.execute(order("a", OrderSide.BUY, "1"));

    // then
    assertThat(second).isEqualTo(first);
    assertThat(exchange.query("main", ETH, "a", NOW)).isEqualTo(first);
    assertThat(main(exchange)).isEqualTo(before);
    assertThat(exchange.query("main", ETH, "b", NOW)).isInstanceOf(Unknown.class);
    assertThat(exchange.query("second", ETH, "a", NOW)).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldForgetOrdersThatAreOlderThanAsked() {
    // given
    PaperExchange exchange = at(SETTINGS, "2500.11");
    exchange.execute(order("a", OrderSide.BUY, "1"));

    // when
    exchange.expireOrders(NOW);
    OrderOutcome kept = exchange.query("main", ETH, "a", NOW);
    exchange.expireOrders(NOW + 1);
    OrderOutcome expired = exchange.query("main", ETH, "a", NOW);

    // then
    assertThat(kept).isInstanceOf(Accepted.class);
    assertThat(expired).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest(name = "{0} of {1} open, sold {2}: {3} filled, {4} left")
  @CsvSource({
    "BUY, 2, SELL, 2, 2, 0",
    "BUY, 2, SELL, 3, 2, 0",
    "BUY, 2, SELL, 0.5, 0.5, 1.5",
    "SELL, 2, BUY, 5, 2, 0",
    "SELL, 2, BUY, 0.0001, 0.0001, 1.9999",
  })
  void shouldClipWhatOnlyReduces(
      OrderSide open, String quantity, OrderSide side, String asked, String filled, String left) {
    // given
    PaperExchange exchange = at(SETTINGS, "2500.11");
    exchange.setLeverage("main", ETH, 10, NOW);
    exchange.execute(order("a", open, quantity));

    // when
    OrderOutcome outcome = exchange.execute(reduce("b", side, asked));

    // then
    assertThat(((Accepted) outcome).state()).isEqualTo(State.FILLED);
    assertThat(fill(outcome).getQuantity()).isEqualByComparingTo(filled);
    BigDecimal remains =
        main(exchange).getPositions().stream()
            .map(ExchangePosition::getQuantity)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(remains).isEqualByComparingTo(left);
  }

  @Test
  void shouldRejectWhatCannotReduceAnything() {
    // given
    PaperExchange exchange = at(SETTINGS, "2500.11");

    // when
    OrderOutcome flat = exchange.execute(reduce("a", OrderSide.SELL, "1"));
    exchange.execute(order("b", OrderSide.BUY, "1"));
    OrderOutcome sameSide = exchange.execute(reduce("c", OrderSide.BUY, "1"));

    // then
    assertRejected(flat, ReasonCode.POSITION_FLAT);
    assertRejected(sameSide, ReasonCode.POSITION_FLAT);
  }

  @ParameterizedTest(name = "{0} at 2500.11: {1}")
  @CsvSource({
    "0.00205, FILTER_STEP",
    "0.00001, FILTER_STEP",
    "0.0019, FILTER_NOTIONAL",
    "0.0020,",
  })
  void shouldHoldOrdersAgainstTheFilters(String quantity, ReasonCode code) {
    // given: the smallest order is worth 5
    PaperExchange exchange = at(SETTINGS, "2500.11");

    // when
    OrderOutcome outcome = exchange.execute(order("a", OrderSide.BUY, quantity));

    // then
    if (code == null) {
      assertThat(outcome).isInstanceOf(Accepted.class);
    } else {
      assertRejected(outcome, code);
      assertThat(main(exchange).getWallet()).isEqualByComparingTo("10000");
    }
  }

  @Test
  void shouldRejectWhatItHasNoPriceFor() {
    // when
    OrderOutcome outcome = exchange.execute(order("a", OrderSide.BUY, "1"));

    // then
    assertRejected(outcome, ReasonCode.PRICE_UNKNOWN);
  }

  @Test
  void shouldRejectAnAccountItDoesNotHave() {
    // given
    MarketOrder order =
        new MarketOrder("stranger", ETH, OrderSide.BUY, BigDecimal.ONE, false, "a", NOW);

    // when, then
    assertRejected(exchange.execute(order), ReasonCode.EXCHANGE_REJECTED);
    assertThat(exchange.setLeverage("stranger", ETH, 2, NOW))
        .isInstanceOf(Acknowledgement.Refused.class);
    assertThat(exchange.account("stranger", NOW)).isEmpty();
    assertThat(exchange.query("stranger", ETH, "a", NOW)).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldRefuseAndFillInPartOnDemand() {
    // given
    FaultRules faults =
        FaultRules.parse("reject=DOGEUSDT, partial=ETHUSDT:0.5")
            .and(new Rule(order -> order.clientOrderId().equals("x"), new Fault.Reject()));
    PaperExchange exchange = at(SETTINGS.withFaults(faults), "2500.11");
    exchange.see(flat("DOGEUSDT", 0, "0.1"));
    exchange.see(flat("BTCUSDT", 0, "90000"));
    MarketOrder doge =
        new MarketOrder("main", "DOGEUSDT", OrderSide.BUY, new BigDecimal("100"), false, "a", NOW);
    MarketOrder named =
        new MarketOrder("main", "BTCUSDT", OrderSide.BUY, new BigDecimal("0.01"), false, "x", NOW);

    // when
    OrderOutcome partial = exchange.execute(order("b", OrderSide.BUY, "0.0035"));

    // then: half of 0.0035 is 0.00175, which lies between two steps
    assertThat(((Accepted) partial).state()).isEqualTo(State.EXPIRED);
    assertThat(fill(partial).getQuantity()).isEqualByComparingTo("0.0017");
    assertThat(exchange.execute(order("b", OrderSide.BUY, "0.0035"))).isEqualTo(partial);
    assertRejected(exchange.execute(doge), ReasonCode.EXCHANGE_REJECTED);
    assertRejected(exchange.execute(named), ReasonCode.EXCHANGE_REJECTED);
  }

  @Test
  void shouldLetAnOrderExpireOfWhichNotEvenAStepIsFilled() {
    // given
    PaperExchange exchange =
        at(SETTINGS.withFaults(FaultRules.parse("partial=ETHUSDT:0")), "2500.11");

    // when
    OrderOutcome outcome = exchange.execute(order("a", OrderSide.BUY, "1"));

    // then
    assertThat(outcome).isEqualTo(new Accepted("paper-a", State.EXPIRED, List.of()));
    assertThat(main(exchange).getPositions()).isEmpty();
    assertThat(main(exchange).getWallet()).isEqualByComparingTo("10000");
  }

  @Test
  void shouldKeepAccountsApart() {
    // given
    PaperExchange exchange = at(SETTINGS, "2500.11");

    // when
    exchange.execute(order("a", OrderSide.BUY, "1"));

    // then
    assertThat(exchange.account("second", NOW).orElseThrow())
        .isEqualTo(
            ExchangeAccount.newBuilder()
                .setAccount("second")
                .setAsOfMs(NOW)
                .setWallet(BigDecimal.valueOf(10_000))
                .build());
  }
}
