package io.quantumtrader.schemas.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import io.quantumtrader.schemas.legacy.IntentReading.Reason;
import io.quantumtrader.schemas.legacy.IntentReading.Refused;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentLineTest {

  private static TradeIntent read(String json) {
    IntentReading reading = IntentLine.read(json, 17);
    assertThat(reading).isInstanceOf(Accepted.class);
    return ((Accepted) reading).intent();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }

  @Test
  void shouldReadEveryFieldOfTheSchema() {
    // given
    String json =
        """
        {"intentId":"a1","account":"second","symbol":"btcusdt","action":"OPEN_SHORT",
         "reduceOnly":false,"sizing":"NOTIONAL","amount":"250.5","leverage":3,"price":71000.25,
         "stopLoss":"72000","takeProfit":69000,"stopLossPct":1.5,"takeProfitPct":2.5,"atr":120.5,
         "volatilityFactor":1.25,"confidence":0.75,"regime":"trend","reason":"why","source":"me",
         "createdAtMs":1773499989000,"unreadable":["x=y"],"contradictions":["a=b"]}""";

    // when
    TradeIntent intent = read(json);

    // then
    assertThat(intent)
        .isEqualTo(
            TradeIntent.newBuilder()
                .setIntentId("a1")
                .setAccount("second")
                .setSymbol("BTCUSDT")
                .setAction(IntentAction.OPEN_SHORT)
                .setReduceOnly(false)
                .setSizing(Sizing.NOTIONAL)
                .setAmount(decimal("250.5"))
                .setLeverage(3.0)
                .setPrice(decimal("71000.25"))
                .setStopLoss(decimal("72000"))
                .setTakeProfit(decimal("69000"))
                .setStopLossPct(1.5)
                .setTakeProfitPct(2.5)
                .setAtr(120.5)
                .setVolatilityFactor(1.25)
                .setConfidence(0.75)
                .setRegime("trend")
                .setReason("why")
                .setSource("me")
                .setCreatedAtMs(1_773_499_989_000L)
                .setUnreadable(List.of("x=y"))
                .setContradictions(List.of("a=b"))
                .build());
    assertThat(TradeIntent.getClassSchema().getFields())
        .allSatisfy(field -> assertThat(json).contains("\"" + field.name() + "\""));
  }

  @Test
  void shouldFillInOnlyWhatTheSchemaDefaults() {
    TradeIntent intent =
        read("{\"intentId\":\"a\",\"createdAtMs\":-1,\"symbol\":\"X\",\"action\":\"HOLD\"}");
    assertThat(intent)
        .isEqualTo(
            TradeIntent.newBuilder()
                .setIntentId("a")
                .setCreatedAtMs(-1)
                .setSymbol("X")
                .setAction(IntentAction.HOLD)
                .build());
  }

  @Test
  void shouldKeepNumbersThatCannotBeTaken() {
    TradeIntent intent =
        read(
            "{\"intentId\":\"a\",\"createdAtMs\":1,\"symbol\":\"X\",\"action\":\"BUY\","
                + "\"sizing\":\"DOZENS\",\"amount\":NaN}");
    assertThat(intent.getSizing()).isEqualTo(Sizing.UNRECOGNIZED);
    assertThat(intent.getUnreadable()).containsExactly("amount=NaN");
  }

  @Test
  void shouldReadTheFlatLegacySpelling() {
    // given
    String line =
        "{\"symbol\":\"BTCUSDT\",\"action\":\"BUY\",\"position_usd\":300,\"leverage\":2,"
            + "\"timestamp\":1773499989}";

    // when
    TradeIntent intent = read(line);

    // then
    assertThat(intent.getIntentId()).isEqualTo("line-17");
    assertThat(intent.getSizing()).isEqualTo(Sizing.MARGIN);
    assertThat(intent.getCreatedAtMs()).isEqualTo(1_773_499_989_000L);
    assertThat(read(line.replace("{", "{\"intent_id\":\"own\",")).getIntentId()).isEqualTo("own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"intentId\":\"a\"} | FIELD_MISSING | line 17: createdAtMs is missing",
        "{\"createdAtMs\":1} | FIELD_MISSING | line 17: intentId is missing",
        "{\"intentId\":\"a\",\"createdAtMs\":1,\"symbol\":\"X\"} | FIELD_MISSING"
            + " | line 17: action is missing",
        "{\"intentId\":\"a\",\"createdAtMs\":1,\"symbol\":\"X\",\"action\":\"BUY\",\"qty\":1}"
            + " | FIELD_UNKNOWN | line 17: an intent has no field qty",
        "{\"intentId\":\"a\",\"createdAtMs\":1.5,\"symbol\":\"X\",\"action\":\"BUY\"}"
            + " | FIELD_INVALID | line 17: createdAtMs cannot be read: 1.5",
        "{\"intentId\":\"a\",\"createdAtMs\":1,\"symbol\":\"X\",\"action\":\"BUY\","
            + "\"reduceOnly\":\"no\"} | FIELD_INVALID | line 17: reduceOnly cannot be read: no",
        "{\"intentId\":\"a\",\"createdAtMs\":1,\"symbol\":\"X\",\"action\":\"BUY\","
            + "\"account\":\"A\"} | ACCOUNT_INVALID | line 17: account is not an account name: A",
        "{\"symbol\":\"X\",\"action\":\"BUY\",\"qty\":1} | FIELD_MISSING"
            + " | line 17: timestamp is missing",
        "{\"symbol\":\"X\",\"timestamp\":\"soon\"} | FIELD_INVALID"
            + " | line 17: timestamp cannot be read: soon",
        "[] | NOT_AN_OBJECT | line 17 is ARRAY where an object is expected"
      })
  void shouldSayWhatIsMissing(String json, Reason reason, String text) {
    assertThat(IntentLine.read(json, 17)).isEqualTo(new Refused(reason, text));
  }

  @Test
  void shouldRefuseWhatIsNotJson() {
    assertThat(IntentLine.read("symbol=BTCUSDT", 3))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.NOT_JSON);
              assertThat(refused.text()).startsWith("line 3 is not JSON");
            });
  }
}
