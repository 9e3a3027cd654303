package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFactsTest {

  private static final String PLAN = "qs-0123456789abcdef";

  @ParameterizedTest
  @Tag("assumes-forced-order-ids")
  @CsvSource({
    "qs-0123456789abcdef, false, PLAN, NONE",
    "qs-0123456789abcdef-s, false, STOP, STOP_HIT",
    "qs-0123456789abcdef-sp, false, STOP, PROFIT_LOCK",
    "qs-0123456789abcdef-sl, false, STOP, TRAILING_STOP",
    "qs-0123456789abcdef-slb, false, STOP, TRAILING_STOP",
    "qs-0123456789abcdef-t, false, TARGET, TARGET_HIT",
    "qs-0123456789abcdef-tb, false, TARGET, TARGET_HIT",
    "autoclose-1700000000000001, false, LIQUIDATION, NONE",
    "adl_autoclose, false, ADL, NONE",
    "settlement_autoclose-17, false, SETTLEMENT, NONE",
    "delivery_autoclose-17, false, SETTLEMENT, NONE",
    "'', true, LIQUIDATION, NONE",
    "web_abc, false, FOREIGN, NONE",
    "'', false, FOREIGN, NONE",
    "qs-0123456789abcdeg, false, FOREIGN, NONE",
    "qs-0123456789abcdef-x, false, STOP, STOP_HIT",
    "qs-0123456789abcdef-f, false, MANUAL, MANUAL_CLOSE",
    "qs-0123456789abcdeg-x, false, FOREIGN, NONE",
    "qs-0123456789abcdef-y, false, FOREIGN, NONE",
    "xqs-0123456789abcdef-s, false, FOREIGN, NONE"
  })
  void shouldTellWhereATradeComesFrom(
      String id, boolean byInsurance, ResultOrigin origin, ExitTrigger trigger) {
    // when
    OrderFacts.Origin found = new OrderFacts(id, false, byInsurance).origin();

    // then
    assertThat(found.origin()).isEqualTo(origin);
    assertThat(found.trigger()).isEqualTo(trigger);
    boolean ours = origin == ResultOrigin.STOP || origin == ResultOrigin.TARGET;
    assertThat(found.clientOrderId()).isEqualTo(ours ? id.substring(0, 21) : id);
  }

  @ParameterizedTest
  @CsvSource({"STOP, STOP_HIT", "STOP, PROFIT_LOCK", "STOP, TRAILING_STOP", "TARGET, TARGET_HIT"})
  void shouldKeepWhatMovedAStopInItsId(Kind kind, ExitTrigger trigger) {
    // given
    String id = PLAN + (kind == Kind.STOP ? "-s" : "-t");
    ProtectiveOrder order =
        new ProtectiveOrder(
            "main", "BTCUSDT", OrderSide.SELL, kind, BigDecimal.TEN, id, 1, trigger);

    // when
    String wireId = WireIds.of(order);

    // then
    assertThat(WireIds.bridge(wireId)).matches("[A-Za-z0-9_-]{1,36}");
    assertThat(WireIds.protective(wireId))
        .contains(new WireIds.Protective(id, kind, trigger, false));
    assertThat(WireIds.protective(WireIds.bridge(wireId)))
        .contains(new WireIds.Protective(id, kind, trigger, true));
  }

  @Test
  void shouldCloseByItsNature() {
    assertThat(new OrderFacts("autoclose-1", false, false).closes()).isTrue();
    assertThat(new OrderFacts("web_1", false, false).closes()).isFalse();
    assertThat(new OrderFacts("web_1", true, false).closes()).isTrue();
  }
}
