package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.OrderOutcome.State;
import io.quantumtrader.execution.exchange.OrderOutcome.Unknown;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaperRestoreTest {

  private static final String ETH = "ETHUSDT";

  private static PaperExchange exchange() {
    PaperExchange exchange = new PaperExchange(PaperSettings.DEFAULT);
    exchange.see(flat(ETH, 0, "2500.1"));
    return exchange;
  }

  private static MarketOrder order(ApplyPlan plan) {
    return new MarketOrder(
        "main",
        ETH,
        plan.getSide(),
        plan.getQuantity(),
        false,
        ClientOrderIds.of(plan.getPlanId()),
        50);
  }

  @ParameterizedTest
  @EnumSource(
      value = OrderSide.class,
      names = {"BUY", "SELL"})
  void shouldBeWhatItWasOnceItIsGivenBack(OrderSide side) {
    // given
    PaperExchange before = exchange();
    before.setLeverage("main", ETH, 7, 1);
    ApplyPlan plan = Plans.entry(1, ETH, side, "2");
    Accepted answer = (Accepted) before.execute(order(plan));
    boolean isLong = side == OrderSide.BUY;
    OrderSide closing = isLong ? OrderSide.SELL : OrderSide.BUY;
    before.protect(protective(closing, Kind.STOP, isLong ? "2400" : "2600"));
    before.protect(protective(closing, Kind.TARGET, isLong ? "2600" : "2400"));
    ExchangeAccount published = before.account("main", 60).orElseThrow();
    ApplyResult result =
        ResultRecords.fill(
            plan,
            ResultOutcome.FILLED,
            true,
            answer.fills().getFirst(),
            new Progress(answer.orderId(), answer.filledQuantity()),
            Remark.NONE,
            50);

    // when
    PaperExchange after = exchange();
    after.restore("main", Optional.of(published), List.of(result));

    // then
    assertThat(after.account("main", 60)).contains(published);
    assertThat(after.query("main", ETH, ClientOrderIds.of(plan.getPlanId()), 60)).isEqualTo(answer);
    assertThat(after.execute(order(plan))).isEqualTo(answer);
    assertThat(after.account("main", 60)).contains(published);
    assertThat(after.protection("main", ETH).orElseThrow())
        .extracting(ProtectiveOrder::side)
        .containsExactly(closing, closing);
  }

  private static ProtectiveOrder protective(OrderSide side, Kind kind, String trigger) {
    return new ProtectiveOrder("main", ETH, side, kind, new BigDecimal(trigger), "p", 1);
  }

  @Test
  void shouldTellAPartialFillAsEnded() {
    // given
    ApplyPlan plan = Plans.entry(1, ETH, OrderSide.BUY, "2");
    PaperExchange before =
        new PaperExchange(
            PaperSettings.DEFAULT.withFaults(FaultRules.parse("partial=ETHUSDT:0.5")));
    before.see(flat(ETH, 0, "2500.1"));
    Accepted answer = (Accepted) before.execute(order(plan));
    ApplyResult result =
        ResultRecords.fill(
            plan,
            ResultOutcome.PARTIALLY_FILLED,
            true,
            answer.fills().getFirst(),
            new Progress(answer.orderId(), answer.filledQuantity()),
            Remark.NONE,
            50);

    // when
    PaperExchange after = exchange();
    after.restore("main", before.account("main", 60), List.of(result));

    // then
    OrderOutcome asked = after.query("main", ETH, ClientOrderIds.of(plan.getPlanId()), 60);
    assertThat(asked).isEqualTo(answer);
    assertThat(((Accepted) asked).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void shouldStartAnewWhereNothingWasPublished() {
    // given
    PaperExchange exchange = exchange();
    exchange.execute(order(Plans.entry(1, ETH, OrderSide.BUY, "2")));

    // when
    exchange.restore("main", Optional.empty(), List.of());

    // then
    assertThat(exchange.account("main", 60).orElseThrow().getWallet())
        .isEqualByComparingTo("10000");
    assertThat(exchange.query("main", ETH, ClientOrderIds.of(Plans.id(1)), 60))
        .isInstanceOf(Unknown.class);
  }
}
