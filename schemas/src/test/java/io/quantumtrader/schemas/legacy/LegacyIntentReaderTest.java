package io.quantumtrader.schemas.legacy;

import static io.quantumtrader.schemas.legacy.LegacyEntries.ID;
import static io.quantumtrader.schemas.legacy.LegacyEntries.ID_MS;
import static io.quantumtrader.schemas.legacy.LegacyEntries.entry;
import static io.quantumtrader.schemas.legacy.LegacyEntries.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.IntentReading.Reason;
import io.quantumtrader.schemas.legacy.IntentReading.Refused;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyIntentReaderTest {

  private static TradeIntent readPayload(String json) {
    return read(entry("payload", json));
  }

  @ParameterizedTest
  @CsvSource({
    "BUY, BUY, false",
    "sell, SELL, false",
    "LONG, OPEN_LONG, false",
    "Short, OPEN_SHORT, false",
    "OPEN_LONG, OPEN_LONG, false",
    "open-short, OPEN_SHORT, false",
    "CLOSE, CLOSE, false",
    "close long, SELL, true",
    "CLOSE_SHORT, BUY, true",
    "HOLD, HOLD, false",
    "MOON, UNRECOGNIZED, false",
    "UNRECOGNIZED, UNRECOGNIZED, false"
  })
  void shouldReadEverySpellingOfAnAction(String sent, IntentAction action, boolean reduceOnly) {
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "action", sent));
    assertThat(intent.getAction()).isEqualTo(action);
    assertThat(intent.getReduceOnly()).isEqualTo(reduceOnly);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "TRUE, true",
    "1, true",
    "Yes, true",
    "false, false",
    "0, false",
    "on, false"
  })
  void shouldReadEverySpellingOfReduceOnly(String sent, boolean reduceOnly) {
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "side", "BUY", "reduceOnly", sent));
    assertThat(intent.getReduceOnly()).isEqualTo(reduceOnly);
  }

  @ParameterizedTest
  @CsvSource({
    "1773499989, 1773499989000",
    "1773499989.25, 1773499989250",
    "1773499989.9999, 1773499989999",
    "1.773499989e9, 1773499989000",
    "1773499989123, 1773499989123",
    "99999999999, 99999999999000",
    "100000000000, 100000000000",
    "-5, -5000",
    "0, 0",
    "2026-03-14T14:53:09, 1773499989000",
    "2026-03-14 14:53:09, 1773499989000",
    "2026-03-14T14:53, 1773499980000",
    "2026-03-14T14:53:09.123456, 1773499989123",
    "2026-03-14T14:53:09Z, 1773499989000",
    "2026-03-14T16:53:09+02:00, 1773499989000",
    "2026-03-14T16:53:09+0200, 1773499989000"
  })
  void shouldReadEverySpellingOfATime(String sent, long millis) {
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "side", "BUY", "timestamp", sent));
    assertThat(intent.getCreatedAtMs()).isEqualTo(millis);
    assertThat(intent.getUnreadable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "inf", "yesterday", "2026-13-14T00:00:00", "1e400", "1e99"})
  void shouldNotTakeAnUnreadableTimeForFresh(String sent) {
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "side", "BUY", "timestamp", sent));
    assertThat(intent.getUnreadable()).containsExactly("timestamp=" + sent);
    assertThat(intent.getCreatedAtMs()).isEqualTo(ID_MS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan",
        "inf",
        "-inf",
        "Infinity",
        "abc",
        "1_000",
        "0x10",
        "1,5",
        "--1",
        "1e",
        "100000000000000000000",
        "1e20",
        "1e999999999",
        "1e99999999999"
      })
  void shouldKeepNumbersThatCannotBeTaken(String sent) {
    // when
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "side", "BUY", "qty", sent));

    // then
    assertThat(intent.getSizing()).isEqualTo(Sizing.QUANTITY);
    assertThat(intent.getAmount()).isNull();
    assertThat(intent.getUnreadable()).containsExactly("qty=" + sent);
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999.999999999999999999",
    "0.000000000000000001",
    "1.0000000000000000000000000",
    "0e999999999",
    "-3.5",
    " 7 "
  })
  void shouldTakeNumbersUpToTheLimits(String sent) {
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "side", "BUY", "qty", sent));
    assertThat(intent.getAmount()).isEqualByComparingTo(new BigDecimal(sent.strip()));
    assertThat(intent.getUnreadable()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0022266666666666667, 0.002226666666666666",
    "0.030000000000000002, 0.030000000000000002",
    "0.1234567890123456789, 0.123456789012345678",
    "2.2250738585072014e-308, 0",
    "5e-324, 0",
    "1e-999999999, 0",
    "0.1000000000000000055511151231257827021181583404541015625, 0.100000000000000005",
    "-0.0022266666666666667, -0.002226666666666666"
  })
  void shouldRoundAQuantityDown(String sent, BigDecimal taken) {
    for (TradeIntent intent :
        List.of(
            read(entry("symbol", "BTCUSDT", "side", "BUY", "qty", sent)),
            readPayload("{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"qty\":" + sent + "}"))) {
      assertThat(intent.getAmount()).isEqualByComparingTo(taken);
      assertThat(intent.getUnreadable()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "71000.1234567890123456785, 71000.123456789012345678",
    "71000.1234567890123456795, 71000.123456789012345680",
    "7.1e4, 71000",
    "99999999999999999999.9999999999999999994, 99999999999999999999.999999999999999999"
  })
  void shouldRoundAPriceHalfToEven(String sent, BigDecimal taken) {
    TradeIntent intent =
        read(
            entry(
                "symbol", "BTCUSDT", "side", "BUY", "size", sent, "price", sent, "sl", sent, "tp",
                sent));
    assertThat(intent.getAmount()).isEqualByComparingTo(taken);
    assertThat(intent.getPrice()).isEqualByComparingTo(taken);
    assertThat(intent.getStopLoss()).isEqualByComparingTo(taken);
    assertThat(intent.getTakeProfit()).isEqualByComparingTo(taken);
    assertThat(intent.getUnreadable()).isEmpty();
  }

  @Test
  void shouldNotTakeAPriceThatRoundsToMoreDigitsThanThereAre() {
    String sent = "99999999999999999999.9999999999999999996";
    TradeIntent intent = read(entry("symbol", "BTCUSDT", "side", "BUY", "stop_loss", sent));
    assertThat(intent.getStopLoss()).isNull();
    assertThat(intent.getUnreadable()).containsExactly("stop_loss=" + sent);
  }

  @Test
  void shouldKeepEveryUnreadableNumberShortened() {
    // given
    String json =
        "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"quantity\":NaN,\"leverage\":\"x\","
            + "\"confidence\":true,\"price\":[1],\"stop_loss\":-Infinity,\"sl_pct\":1e400,"
            + "\"atr_value\":\""
            + "9".repeat(500)
            + "\"}";

    // when
    List<String> unreadable = readPayload(json).getUnreadable();

    // then
    assertThat(unreadable)
        .containsExactlyInAnyOrder(
            "quantity=NaN",
            "leverage=x",
            "confidence=true",
            "price=[1]",
            "stop_loss=-Infinity",
            "sl_pct=1E+400",
            "atr_value=" + "9".repeat(80) + "...");
  }

  @Test
  void shouldKeepNonsenseThatHasNoNumbers() {
    TradeIntent intent = read(Map.of("hello", "world"));
    assertThat(intent.getSymbol()).isEmpty();
    assertThat(intent.getAction()).isEqualTo(IntentAction.UNRECOGNIZED);
    assertThat(intent.getSizing()).isEqualTo(Sizing.NONE);
    assertThat(intent.getCreatedAtMs()).isEqualTo(ID_MS);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(" ", entry("symbol", "BTCUSDT"), Reason.ID_MISSING),
        Arguments.of(ID, entry("payload", "[1,2]"), Reason.NOT_AN_OBJECT),
        Arguments.of(ID, entry("payload", "null"), Reason.NOT_AN_OBJECT),
        Arguments.of(ID, entry("payload", "\"text\""), Reason.NOT_AN_OBJECT),
        Arguments.of(ID, entry("payload", ""), Reason.NOT_JSON),
        Arguments.of(ID, entry("payload", "{\"a\":1"), Reason.NOT_JSON),
        Arguments.of(ID, entry("payload", "{} {}"), Reason.NOT_JSON),
        Arguments.of(ID, entry("payload", "{'a':1}"), Reason.NOT_JSON),
        Arguments.of(ID, entry("payload", "[".repeat(100_000)), Reason.NOT_JSON),
        Arguments.of(ID, entry("payload", "{\"a\":" + "9".repeat(2_000) + "}"), Reason.NOT_JSON),
        Arguments.of(ID, entry("data", "nonsense", "symbol", "BTCUSDT"), Reason.NOT_JSON),
        Arguments.of(ID, entry("account", "Not An Account"), Reason.ACCOUNT_INVALID),
        Arguments.of("some-id", entry("symbol", "BTCUSDT"), Reason.FIELD_MISSING));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldRefuseWhatCannotBecomeAnIntent(String id, Map<String, String> entry, Reason reason) {
    IntentReading reading = LegacyIntentReader.read(id, entry);
    assertThat(reading)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.text()).isNotBlank().hasSizeLessThan(300);
            });
  }
}
