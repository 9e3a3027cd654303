package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperProtectionTest {

  private static final String ETH = "ETHUSDT";
  private final PaperExchange exchange = new PaperExchange(PaperSettings.DEFAULT);

  @BeforeEach
  void seePrice() {
    exchange.see(flat(ETH, 0, "2500.1"));
  }

  private void trade(String id, OrderSide side, String quantity) {
    exchange.execute(new MarketOrder("main", ETH, side, new BigDecimal(quantity), false, id, 1));
  }

  private static ProtectiveOrder order(OrderSide side, Kind kind, String trigger) {
    return new ProtectiveOrder("main", ETH, side, kind, new BigDecimal(trigger), "p", 1);
  }

  private static void assertAnswer(Acknowledgement answer, ReasonCode refusal) {
    if (refusal == null) {
      assertThat(answer).isInstanceOf(Acknowledgement.Done.class);
    } else {
      assertThat(answer)
          .isInstanceOfSatisfying(
              Acknowledgement.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo(refusal));
    }
  }

  @ParameterizedTest(name = "after {0}: {1} {2} at {3} is answered {4}")
  @CsvSource({
    "BUY, SELL, STOP, 2500.0,",
    "BUY, SELL, STOP, 2500.1, EXCHANGE_REJECTED",
    "BUY, SELL, STOP, 2500.2, EXCHANGE_REJECTED",
    "BUY, SELL, STOP, 2499.95, FILTER_TICK",
    "BUY, SELL, TARGET, 2500.2,",
    "BUY, SELL, TARGET, 2500.1, EXCHANGE_REJECTED",
    "BUY, SELL, TARGET, 2500.0, EXCHANGE_REJECTED",
    "BUY, BUY, STOP, 2500.2, POSITION_FLAT",
    "SELL, BUY, STOP, 2500.2,",
    "SELL, BUY, STOP, 2500.1, EXCHANGE_REJECTED",
    "SELL, BUY, STOP, 2500.0, EXCHANGE_REJECTED",
    "SELL, BUY, TARGET, 2500.0,",
    "SELL, BUY, TARGET, 2500.1, EXCHANGE_REJECTED",
    "SELL, SELL, TARGET, 2500.2, POSITION_FLAT",
  })
  void shouldTakeProtectionThatProtects(
      OrderSide opened, OrderSide side, Kind kind, String trigger, ReasonCode refusal) {
    // given
    trade("a", opened, "1");

    // when
    Acknowledgement answer = exchange.protect(order(side, kind, trigger));

    // then
    assertAnswer(answer, refusal);
    assertThat(exchange.protection("main", ETH).orElseThrow()).hasSize(refusal == null ? 1 : 0);
  }

  @Test
  void shouldRefuseProtectionOfNothing() {
    // when, then
    assertAnswer(
        exchange.protect(order(OrderSide.SELL, Kind.STOP, "2400")), ReasonCode.POSITION_FLAT);
  }

  @Test
  void shouldReplaceTheSameKindAndShowBoth() {
    // given
    trade("a", OrderSide.BUY, "1");
    exchange.protect(order(OrderSide.SELL, Kind.TARGET, "2600"));
    exchange.protect(order(OrderSide.SELL, Kind.STOP, "2400"));

    // when
    exchange.protect(order(OrderSide.SELL, Kind.STOP, "2450"));

    // then
    assertThat(exchange.protection("main", ETH).orElseThrow())
        .containsExactly(
            order(OrderSide.SELL, Kind.STOP, "2450"), order(OrderSide.SELL, Kind.TARGET, "2600"));
    ExchangePosition position = exchange.account("main", 1).orElseThrow().getPositions().getFirst();
    assertThat(position.getStopPrice()).isEqualByComparingTo("2450");
    assertThat(position.getTargetPrice()).isEqualByComparingTo("2600");
  }

  @ParameterizedTest(name = "sold {0}: {1} orders rest")
  @CsvSource({"0.5, 2", "1, 0", "2, 0"})
  void shouldCancelWithThePosition(String sold, int resting) {
    // given
    trade("a", OrderSide.BUY, "1");
    exchange.protect(order(OrderSide.SELL, Kind.STOP, "2400"));
    exchange.protect(order(OrderSide.SELL, Kind.TARGET, "2600"));

    // when
    trade("b", OrderSide.SELL, sold);

    // then
    assertThat(exchange.protection("main", ETH).orElseThrow()).hasSize(resting);
  }

  @Test
  void shouldCancelOnRequest() {
    // given
    trade("a", OrderSide.BUY, "1");
    exchange.protect(order(OrderSide.SELL, Kind.STOP, "2400"));

    // when
    assertAnswer(exchange.cancelProtection("main", ETH, 1), null);
    assertAnswer(exchange.cancelProtection("main", ETH, 1), null);

    // then
    assertThat(exchange.protection("main", ETH).orElseThrow()).isEmpty();
    assertThat(exchange.account("main", 1).orElseThrow().getPositions().getFirst().getStopPrice())
        .isNull();
  }
}
