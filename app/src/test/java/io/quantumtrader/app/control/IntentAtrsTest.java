package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntentAtrsTest {

  private static final long OPENED = 1_000_000;

  @Test
  void shouldTakeTheLastIntentBeforeThePositionWasOpened() {
    IntentAtrs atrs = new IntentAtrs(List.of(position("main", "ETHUSDT", PositionSide.LONG)));

    atrs.take(intent("later", OPENED + 1).setAtr(9.0).build());
    atrs.take(intent("last", OPENED).setAtr(3.0).setVolatilityFactor(2.0).build());
    atrs.take(intent("first", OPENED - 1).setAtr(1.0).build());

    assertThat(atrs.found()).containsExactly(new IntentAtr("main", "ETHUSDT", 3.0, 2.0, "last"));
  }

  @ParameterizedTest(name = "{0} {1} {2}, reduce only {3}, ATR {4}")
  @CsvSource({
    "other, ETHUSDT, OPEN_LONG,  false, 3",
    "main,  BTCUSDT, OPEN_LONG,  false, 3",
    "main,  ETHUSDT, OPEN_SHORT, false, 3",
    "main,  ETHUSDT, SELL,       false, 3",
    "main,  ETHUSDT, CLOSE,      false, 3",
    "main,  ETHUSDT, HOLD,       false, 3",
    "main,  ETHUSDT, BUY,        true,  3",
    "main,  ETHUSDT, BUY,        false, 0",
    "main,  ETHUSDT, BUY,        false, NaN",
    "main,  ETHUSDT, BUY,        false, ",
  })
  void shouldPassOverWhatCannotHaveOpenedIt(
      String account, String symbol, IntentAction action, boolean reduceOnly, Double atr) {
    IntentAtrs atrs = new IntentAtrs(List.of(position("main", "ETHUSDT", PositionSide.LONG)));

    atrs.take(
        intent("i", OPENED)
            .setAccount(account)
            .setSymbol(symbol)
            .setAction(action)
            .setReduceOnly(reduceOnly)
            .setAtr(atr)
            .build());

    assertThat(atrs.found()).isEmpty();
  }

  @Test
  void shouldLeaveThePolicysFactorWhereTheIntentHasNone() {
    IntentAtrs atrs = new IntentAtrs(List.of(position("main", "ETHUSDT", PositionSide.SHORT)));

    atrs.take(
        intent("i", OPENED)
            .setAction(IntentAction.SELL)
            .setAtr(3.0)
            .setVolatilityFactor(-1.0)
            .build());

    assertThat(atrs.found()).containsExactly(new IntentAtr("main", "ETHUSDT", 3.0, null, "i"));
  }

  private static TradeIntent.Builder intent(String id, long createdAtMs) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount("main")
        .setSymbol("ETHUSDT")
        .setAction(IntentAction.OPEN_LONG)
        .setSizing(Sizing.NONE)
        .setCreatedAtMs(createdAtMs);
  }

  private static PositionLedger position(String account, String symbol, PositionSide side) {
    return PositionLedger.newBuilder()
        .setAccount(account)
        .setSymbol(symbol)
        .setPositionId(account + ":" + symbol + ":1")
        .setSide(side)
        .setQuantity(BigDecimal.ONE)
        .setEntryPrice(BigDecimal.TEN)
        .setRealizedPnl(BigDecimal.ZERO)
        .setFees(BigDecimal.ZERO)
        .setPositionRealizedPnl(BigDecimal.ZERO)
        .setPositionFees(BigDecimal.ZERO)
        .setOpenedAtMs(OPENED)
        .setUpdatedAtMs(OPENED)
        .build();
  }
}
