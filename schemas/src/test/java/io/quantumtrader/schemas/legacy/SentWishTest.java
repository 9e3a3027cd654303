package io.quantumtrader.schemas.legacy;

import static io.quantumtrader.schemas.legacy.LegacyEntries.ID;
import static io.quantumtrader.schemas.legacy.LegacyEntries.entry;
import static io.quantumtrader.schemas.legacy.LegacyEntries.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which action a message asks for that has several fields for it, and how much of a position. */
class SentWishTest {

  private static TradeIntent wish(String intentAction, String action, String side, String reduce) {
    Map<String, String> fields = new LinkedHashMap<>(entry("symbol", "BTCUSDT"));
    put(fields, "intent_action", intentAction);
    put(fields, "action", action);
    put(fields, "side", side);
    put(fields, "reduceOnly", reduce);
    return read(fields);
  }

  private static void put(Map<String, String> fields, String name, String text) {
    if (text != null) {
      fields.put(name, text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSE, , SELL, , CLOSE, false",
    "CLOSE, , BUY, , CLOSE, false",
    "CLOSE, , LONG, , CLOSE, false",
    "close, SELL, SELL, true, CLOSE, true",
    "CLOSE, CLOSE_LONG, , , CLOSE, false",
    "HOLD, , BUY, , HOLD, false",
    "HOLD, HOLD, SELL, , HOLD, false",
    "OPEN_LONG, , BUY, , OPEN_LONG, false",
    "OPEN_LONG, BUY, LONG, , OPEN_LONG, false",
    "open-short, SELL, Short, false, OPEN_SHORT, false",
    "OPEN_SHORT, , BOTH, , OPEN_SHORT, false",
    ", BUY, LONG, , BUY, false",
    ", SELL, SHORT, , SELL, false",
    ", SELL, LONG, true, SELL, true",
    ", BUY, SHORT, true, BUY, true",
    ", CLOSE_LONG, LONG, , SELL, true",
    ", CLOSE_LONG, SELL, , SELL, true",
    ", CLOSE_SHORT, SHORT, , BUY, true",
    ", , CLOSE, , CLOSE, false",
    ", , , , UNRECOGNIZED, false",
    ", MOON, BUY, , UNRECOGNIZED, false"
  })
  void shouldLetTheFirstNameDecide(
      String intentAction,
      String action,
      String side,
      String reduce,
      IntentAction wanted,
      boolean reduceOnly) {
    TradeIntent intent = wish(intentAction, action, side, reduce);
    assertThat(intent.getAction()).isEqualTo(wanted);
    assertThat(intent.getReduceOnly()).isEqualTo(reduceOnly);
    assertThat(intent.getContradictions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_LONG, , SELL, , intent_action=OPEN_LONG;side=SELL",
    "OPEN_LONG, SELL, BUY, , intent_action=OPEN_LONG;action=SELL",
    "OPEN_SHORT, BUY, LONG, , intent_action=OPEN_SHORT;action=BUY;side=LONG",
    "OPEN_LONG, , BUY, true, intent_action=OPEN_LONG;reduceOnly=true",
    "OPEN_LONG, CLOSE, , , intent_action=OPEN_LONG;action=CLOSE",
    "CLOSE, OPEN_LONG, , , intent_action=CLOSE;action=OPEN_LONG",
    "CLOSE, HOLD, , , intent_action=CLOSE;action=HOLD",
    "HOLD, BUY, BUY, , intent_action=HOLD;action=BUY",
    ", BUY, SHORT, , action=BUY;side=SHORT",
    ", SELL, LONG, , action=SELL;side=LONG",
    ", BUY, SELL, , action=BUY;side=SELL",
    ", CLOSE_LONG, SHORT, , action=CLOSE_LONG;side=SHORT",
    ", CLOSE_LONG, BUY, , action=CLOSE_LONG;side=BUY",
    ", CLOSE_SHORT, LONG, , action=CLOSE_SHORT;side=LONG",
    "BUY, CLOSE_SHORT, , , intent_action=BUY;action=CLOSE_SHORT"
  })
  void shouldKeepWhatContradicts(
      String intentAction, String action, String side, String reduce, String fields) {
    assertThat(wish(intentAction, action, side, reduce).getContradictions())
        .containsExactly(fields.split(";"));
  }

  @ParameterizedTest
  @CsvSource({
    "PARTIAL_CLOSE_25, 0.25",
    "partial close 30, 0.3",
    "PARTIAL_CLOSE_50, 0.5",
    "PARTIAL_CLOSE_75, 0.75",
    "PARTIAL_75, 0.75",
    "REDUCE_50, 0.5",
    "HARVEST_70_KEEP_30, 0.7",
    "PARTIAL_CLOSE_100, 1"
  })
  void shouldTakeTheShareOutOfTheName(String action, BigDecimal share) {
    TradeIntent intent =
        read(entry("symbol", "BTCUSDT", "action", action, "percentage", "1.0", "qty", "3"));
    assertThat(intent.getAction()).isEqualTo(IntentAction.CLOSE);
    assertThat(intent.getSizing()).isEqualTo(Sizing.FRACTION);
    assertThat(intent.getAmount()).isEqualByComparingTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fraction", "percentage", "qty_fraction", "close_fraction"})
  void shouldTakeAFractionForASize(String name) {
    TradeIntent part = read(entry("symbol", "BTCUSDT", "action", "CLOSE", name, "0.3"));
    assertThat(part.getSizing()).isEqualTo(Sizing.FRACTION);
    assertThat(part.getAmount()).isEqualByComparingTo("0.3");
    TradeIntent all = read(entry("symbol", "BTCUSDT", "action", "CLOSE", name, "1.0"));
    assertThat(all.getSizing()).isEqualTo(Sizing.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARTIAL_CLOSE_0", "PARTIAL_CLOSE_101", "PARTIAL_CLOSE_x"})
  void shouldNotGuessAShare(String action) {
    assertThat(read(entry("symbol", "BTCUSDT", "action", action)).getAction())
        .isEqualTo(IntentAction.UNRECOGNIZED);
  }

  @Test
  void shouldNotCloseAllWhereAPartWasAskedForWithoutASize() {
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "action", "PARTIAL_CLOSE"));
    assertThat(intent.getSizing()).isEqualTo(Sizing.FRACTION);
    assertThat(intent.getAmount()).isNull();
  }

  @Test
  void shouldTakeASizeWithoutAPriceForNotional() {
    TradeIntent intent =
        read(
            entry(
                "symbol",
                "BTCUSDT",
                "action",
                "BUY",
                "size",
                "20",
                "leverage",
                "10",
                "sl",
                "70000",
                "tp",
                "80000"));
    assertThat(intent.getSizing()).isEqualTo(Sizing.NOTIONAL);
    assertThat(intent.getAmount()).isEqualByComparingTo("20");
    assertThat(intent.getPrice()).isNull();
    assertThat(intent.getLeverage()).isEqualTo(10.0);
    assertThat(intent.getStopLoss()).isEqualByComparingTo("70000");
    assertThat(intent.getTakeProfit()).isEqualByComparingTo("80000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "None", ""})
  void shouldLeaveLeverageToThePolicyWhereNoneIsSent(String sent) {
    assertThat(read(entry("symbol", "BTCUSDT", "side", "BUY", "leverage", sent)).getLeverage())
        .isNull();
  }

  @Test
  void shouldNameTheFieldsThatNobodyKnows() {
    Map<String, String> envelope =
        entry("payload", "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"tp_price\":1}", "lev", "3");
    Accepted reading = (Accepted) LegacyIntentReader.read(ID, envelope);
    assertThat(reading.unknown()).containsExactly("tp_price", "lev");
    Accepted known = (Accepted) LegacyIntentReader.read(ID, entry("symbol", "B", "model", "m"));
    assertThat(known.unknown()).isEqualTo(List.of());
  }
}
