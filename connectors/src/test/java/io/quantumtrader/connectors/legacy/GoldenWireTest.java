package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.NOW_MS;
import static io.quantumtrader.connectors.legacy.LegacyRecords.PLAN_ID;
import static io.quantumtrader.connectors.legacy.LegacyRecords.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.mapping.Mapping;
import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

/**
 * What the old services wrote, against what the mapping writes for a record that says the same.
 * Each test names every field that differs, and why.
 */
class GoldenWireTest {

  private static final String LEDGER = "quantum:position:ledger:BTCUSDT";
  private static final String RESULTS = "quantum:stream:apply.result";
  private static final Set<String> NEW_LEDGER_FIELDS =
      Set.of(
          "last_result_plan_id",
          "trades",
          "opened_at",
          "realized_pnl",
          "notional_usd",
          "total_realized_pnl");

  private final RecordMapper mapper =
      new RecordMapper(
          Mapping.parse(LegacyMapping.json()), SinkSettings.DEFAULT_PREFIX, ExpiryReference.RECORD);

  @Test
  void shouldWriteMarketStateByteForByte() {
    // given
    List<List<String>> captured = GoldenWire.writes("market_state_publisher", "gbm300");

    // when
    List<List<String>> written =
        writes(Topic.MARKET_STATE, "BTCUSDT", LegacyRecords.marketState().build());

    // then: in place of what the key held, otherwise the same three commands, and the price
    String key = "quantum:marketstate:BTCUSDT";
    assertThat(written.getFirst()).containsExactly("DEL", key);
    assertSameBut(captured.get(0), one(written, "HSET", key), Map.of(), Set.of("last_update"));
    assertThat(written.subList(2, 5))
        .containsExactly(
            captured.get(1),
            List.of("SET", "quantum:market:BTCUSDT:price", written.get(3).get(2), "EX", "600"),
            captured.get(2));
  }

  @Test
  void shouldWriteTheLedgerOfAnOpenedPosition() {
    List<String> captured = capturedLedger("open_buy_string_permit");

    List<String> written = writtenLedger(LegacyRecords.ledger().build());

    // The old executor copied the entry price from a hash that did not exist yet.
    assertSameBut(
        captured,
        written,
        Map.of("avg_entry_price", "60000.0", "entry_price", "60000.0"),
        NEW_LEDGER_FIELDS);
  }

  @Test
  void shouldWriteTheLedgerOfAReducedPosition() {
    List<String> captured = capturedLedger("close_clamped_by_permit");

    List<String> written =
        writtenLedger(
            LegacyRecords.ledger()
                .setQuantity(decimal("0.03"))
                .setLastFillQuantity(decimal("0.02"))
                .build());

    // 0.05 - 0.02 in doubles is 0.030000000000000002; and a fold over fills knows no price.
    assertSameBut(
        captured,
        written,
        Map.of(
            "ledger_amt", "0.03",
            "position_amt", "0.03",
            "last_known_amt", "0.03",
            "qty", "0.03",
            "unrealized_pnl", "0.0"),
        NEW_LEDGER_FIELDS);
  }

  @Test
  void shouldWriteTheLedgerOfAShortPosition() {
    List<String> captured = capturedLedger("close_side_short");

    List<String> written =
        writtenLedger(
            LegacyRecords.ledger()
                .setSide(PositionSide.SHORT)
                .setQuantity(decimal("0.03"))
                .setLastFillQuantity(decimal("0.02"))
                .build());

    assertSameBut(
        captured,
        written,
        Map.of(
            "ledger_amt", "-0.03",
            "position_amt", "-0.03",
            "last_known_amt", "-0.03",
            "qty", "0.03",
            "unrealized_pnl", "0.0"),
        NEW_LEDGER_FIELDS);
  }

  @Test
  void shouldWriteTheLedgerOfAClosedPositionByteForByte() {
    List<String> captured = capturedLedger("missing_reduceOnly_defaults_true");

    List<String> written = writtenLedger(LegacyRecords.flatLedger().build());

    assertSameBut(
        captured,
        written,
        Map.of(),
        Set.of(
            "last_result_plan_id", "trades", "realized_pnl", "notional_usd", "total_realized_pnl"));
  }

  @Test
  void shouldDeleteTheSamePositionKeysWhenFlat() {
    // given
    List<String> captured =
        GoldenWire.writes("intent_executor", "missing_reduceOnly_defaults_true").stream()
            .filter(write -> write.get(0).equals("DEL"))
            .map(write -> write.get(1))
            .filter(key -> !key.startsWith("quantum:inflight:"))
            .toList();

    // when
    List<List<String>> written = writes(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", null);

    // then: in one command
    assertThat(written).hasSize(1);
    assertThat(written.getFirst().subList(1, 4)).containsExactlyInAnyOrderElementsOf(captured);
  }

  @Test
  void shouldWriteASnapshotAsThePositionStateBrainDid() {
    // given
    String key = "quantum:state:positions:BTCUSDT";
    String service = "position_state_brain";
    List<String> captured = GoldenWire.write(service, "snapshot_write_short", "HSET", key);

    // when
    List<List<String>> written =
        writes(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", LegacyRecords.snapshot().build());

    // then
    assertSameBut(
        captured,
        one(written, "HSET", key),
        Map.of(),
        Set.of(
            "stop_loss",
            "take_profit",
            "created_at",
            "atr_value",
            "volatility_factor",
            "entry_risk_usdt",
            "risk_price",
            "risk_missing",
            "notional_usd",
            "margin_used",
            "age_sec",
            "opened_at"));
    assertThat(one(written, "EXPIRE", key))
        .isEqualTo(GoldenWire.write(service, "snapshot_write_short", "EXPIRE", key));
  }

  @Test
  void shouldWriteThePermitOfThePortfolioGate() {
    // given: SETEX key 60 value
    List<String> captured = GoldenWire.writes("position_state_brain", "close_full").getFirst();

    // when: SET key value EX 60
    List<List<String>> written =
        writes(Topic.PERMIT, PLAN_ID, LegacyRecords.permit(PermitKind.P33).build());

    // then: with the quantity under the name of the other reader, too
    String expected = captured.get(3).replace("}", ", \"safe_close_qty\": 0.05}");
    assertThat(written)
        .containsExactly(List.of("SET", captured.get(1), expected, "EX", captured.get(2)));
  }

  @Test
  void shouldWriteThePermitOfTheHeatGate() {
    // given
    List<String> captured =
        GoldenWire.write("portfolio_gate", "r24", "SETEX", "quantum:permit:p26:p24");

    // when
    List<List<String>> written =
        writes(Topic.PERMIT, "p24", LegacyRecords.permit(PermitKind.P26).setPlanId("p24").build());

    // then
    assertThat(one(written, "SET", captured.get(1)))
        .containsExactly("SET", captured.get(1), captured.get(3), "EX", captured.get(2));
  }

  @Test
  void shouldWriteTheResultOfAFill() {
    // given
    List<String> captured = capturedResult("open_buy_string_permit");

    // when
    List<String> written = writtenResult(LegacyRecords.result().build());

    // then: bounded, and without the permit, which the result does not carry
    assertThat(written.subList(1, 6)).containsExactly(RESULTS, "MAXLEN", "~", "10000", "*");
    assertSameBut(
        captured,
        written,
        Map.of("details", withoutPermit(GoldenWire.fields(captured).get("details"))),
        Set.of());
  }

  @Test
  void shouldWriteTheResultOfAPartFill() {
    List<String> captured = capturedResult("partial_fill_not_committed");

    List<String> written =
        writtenResult(
            LegacyRecords.result()
                .setOutcome(ResultOutcome.PARTIALLY_FILLED)
                .setFinalResult(false)
                .setFilledQuantity(decimal("0.001"))
                .build());

    assertSameBut(
        captured,
        written,
        Map.of("details", withoutPermit(GoldenWire.fields(captured).get("details"))),
        Set.of());
  }

  @Test
  void shouldWriteTheResultOfARefusalWithACodeInPlaceOfText() {
    // given
    List<String> captured = capturedResult("permit_missing_8s");

    // when
    List<String> written =
        writtenResult(
            LegacyRecords.result()
                .setOutcome(ResultOutcome.LAPSED)
                .setCode("PERMIT_LAPSED")
                .setRequestedQuantity(decimal("0.0027"))
                .setFilledQuantity(decimal("0"))
                .setFill(null)
                .setOrderId("")
                .setAtMs(NOW_MS + 8_000)
                .build());

    // then
    String details =
        GoldenWire.fields(captured)
            .get("details")
            .replace("p33_permit_missing_or_denied", "PERMIT_LAPSED");
    assertSameBut(captured, written, Map.of("details", details), Set.of());
  }

  @Test
  void shouldWriteAPlanAsTheIntentBridgeDid() {
    // given: an entry of 300 USD at leverage 2 and price 71000, as it was observed
    String observed =
        "plan_id ce55002fb9d9d7ef decision EXECUTE symbol BTCUSDT side BUY type MARKET"
            + " qty 0.008450704225352112 reduceOnly false source intent_bridge"
            + " timestamp 1773500000 action ENTRY_PROPOSED signature intent_bridge leverage 2"
            + " stop_loss 70290.0 take_profit 72420.0 entry_price 71000.00000000"
            + " breakeven_price 71071.00000000 confidence 0.82 regime TREND intent_id 1773499990000-0";

    // when
    List<List<String>> written = writes(Topic.APPLY_PLAN, "main", LegacyRecords.plan().build());

    // then
    List<String> expected =
        new ArrayList<>(List.of("XADD", "quantum:stream:apply.plan", "MAXLEN", "~", "10000", "*"));
    expected.addAll(List.of(observed.split(" ")));
    assertThat(written.getFirst()).isEqualTo(expected);
  }

  private static List<String> capturedLedger(String wanted) {
    return GoldenWire.write("intent_executor", wanted, "HSET", LEDGER);
  }

  private static List<String> capturedResult(String wanted) {
    return GoldenWire.write("intent_executor", wanted, "XADD", RESULTS);
  }

  private List<String> writtenLedger(IndexedRecord ledger) {
    return one(writes(Topic.POSITION_LEDGER, "main:BTCUSDT", ledger), "HSET", LEDGER);
  }

  private List<String> writtenResult(IndexedRecord result) {
    return one(writes(Topic.APPLY_RESULT, "main", result), "XADD", RESULTS);
  }

  /** Same names in the same order with the same contents, but for these; new names at the end. */
  private static void assertSameBut(
      List<String> captured,
      List<String> written,
      Map<String, String> differing,
      Set<String> added) {
    Map<String, String> expected = GoldenWire.fields(captured);
    assertThat(expected.keySet()).containsAll(differing.keySet());
    assertThat(differing).allSatisfy((n, v) -> assertThat(expected.get(n)).isNotEqualTo(v));
    expected.putAll(differing);
    Map<String, String> actual = GoldenWire.fields(written);
    List<String> names = List.copyOf(actual.keySet());
    assertThat(names.subList(0, expected.size())).isEqualTo(List.copyOf(expected.keySet()));
    assertThat(names.subList(expected.size(), names.size()))
        .containsExactlyInAnyOrderElementsOf(added);
    Map<String, String> common = new LinkedHashMap<>(actual);
    common.keySet().removeAll(added);
    assertThat(common).isEqualTo(expected);
  }

  private static String withoutPermit(String details) {
    return details.substring(0, details.indexOf(", \"permit\"")) + "}";
  }

  private static List<String> one(List<List<String>> writes, String command, String key) {
    Stream<List<String>> matching =
        writes.stream().filter(w -> w.get(0).equals(command) && w.get(1).equals(key));
    List<List<String>> found = matching.toList();
    assertThat(found).as(command + " " + key).hasSize(1);
    return found.getFirst();
  }

  private List<List<String>> writes(Topic topic, String key, IndexedRecord value) {
    return mapper.writes(LegacyRecords.record(topic, key, value), NOW_MS).stream()
        .map(RedisWrite::words)
        .toList();
  }
}
