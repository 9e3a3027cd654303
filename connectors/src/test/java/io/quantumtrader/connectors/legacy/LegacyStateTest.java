package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.NOW_MS;
import static io.quantumtrader.connectors.legacy.LegacyRecords.PLAN_ID;
import static io.quantumtrader.connectors.legacy.LegacyRecords.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The old keys that show how things are: positions, market, money, universe, policy, control. */
@Tag("real")
final class LegacyStateTest extends LegacySinkOnRedis {

  @Test
  void shouldShowAPositionFromOpenToFlat() {
    // when: open
    put(Topic.POSITION_LEDGER, "main:BTCUSDT", LegacyRecords.ledger().build());
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", LegacyRecords.snapshot().build());

    // then
    assertThat(hash("quantum:position:ledger:BTCUSDT"))
        .containsEntry("ledger_amt", "0.003")
        .containsEntry("opened_at", "1773499940")
        .containsEntry("trades", "3")
        .containsEntry("total_realized_pnl", "12.5");
    assertThat(ttl("quantum:position:ledger:BTCUSDT")).isEqualTo(-1);
    assertThat(hash("quantum:position:snapshot:BTCUSDT"))
        .isEqualTo(hash("quantum:state:positions:BTCUSDT"))
        .isEqualTo(hash("quantum:position:BTCUSDT"))
        .containsEntry("position_amt", "-0.05")
        .containsEntry("stop_loss", "60900.1")
        .containsEntry("take_profit", "52800.1")
        .containsEntry("atr_value", "600.0")
        .containsEntry("volatility_factor", "1.5")
        .containsEntry("risk_price", "900.0")
        .containsEntry("entry_risk_usdt", "45.0")
        .containsEntry("risk_missing", "0")
        .containsEntry("notional_usd", "2995.0275")
        .containsEntry("created_at", "1773499940.25");
    assertThat(ttl("quantum:position:BTCUSDT")).isBetween(3590L, 3600L);
    assertThat(REDIS.commands().exists("quantum:intent_bridge:last_close:BTCUSDT")).isZero();

    // when: flat
    put(Topic.POSITION_LEDGER, "main:BTCUSDT", LegacyRecords.flatLedger().build());
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", null);

    // then
    assertThat(hash("quantum:position:ledger:BTCUSDT"))
        .containsEntry("ledger_side", "FLAT")
        .doesNotContainKey("opened_at");
    assertThat(keys("quantum:position:snapshot:*")).isEmpty();
    assertThat(keys("quantum:state:positions:*")).isEmpty();
    assertThat(keys("quantum:position:BTCUSDT")).isEmpty();
    assertThat(text("quantum:intent_bridge:last_close:BTCUSDT")).isEqualTo("1773500000");
    assertThat(ttl("quantum:intent_bridge:last_close:BTCUSDT")).isBetween(890L, 900L);
  }

  @Test
  void shouldServeWhatTheExchangeSaysOfAPosition() {
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", LegacyRecords.heldOnExchange().build());

    assertThat(hash("quantum:position:snapshot:BTCUSDT"))
        .isEqualTo(hash("quantum:state:positions:BTCUSDT"))
        .isEqualTo(hash("quantum:position:BTCUSDT"))
        .containsEntry("entry_price", "60000.25")
        .containsEntry("unrealized_pnl", "5.5")
        .containsEntry("leverage", "7")
        .containsEntry("margin_used", "428.5")
        .containsEntry("liquidation_price", "68000.5")
        .containsEntry("mark_price", "59900.55");
  }

  /** Of a part of a position, as between a fill and the next look at the exchange, it says less. */
  @Test
  void shouldServeTheFillsWhereTheExchangeSpeaksOfAnotherQuantity() {
    put(
        Topic.POSITION_SNAPSHOT,
        "main:BTCUSDT",
        LegacyRecords.heldOnExchange().setQuantity(decimal("0.051")).build());

    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("entry_price", "60000.1")
        .containsEntry("unrealized_pnl", "4.9775")
        .containsEntry("leverage", "5")
        .containsEntry("margin_used", "600.001")
        .doesNotContainKey("liquidation_price");
  }

  @ParameterizedTest
  @CsvSource({"29999, 5.5", "30000, 5.5", "30001, 4.9775"})
  void shouldServeTheProfitThatTheExchangeSaysForHalfAMinute(long ageMs, String profit) {
    put(
        Topic.POSITION_SNAPSHOT,
        "main:BTCUSDT",
        LegacyRecords.heldOnExchange().setExchangeAsOfMs(NOW_MS - ageMs).build());

    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("unrealized_pnl", profit)
        .containsEntry("margin_used", "428.5");
  }

  /** The paper exchange says nothing of margins; one that does, and names no price, has none. */
  @ParameterizedTest
  @CsvSource({"428.5, , ", ", , 72000.12"})
  void shouldEstimateALiquidationPriceOnlyWhereTheExchangeSpeaksOfNoMargin(
      String margin, String said, String served) {
    PositionSnapshot snapshot = LegacyRecords.heldOnExchange().build();
    ExchangePosition position =
        ExchangePosition.newBuilder(snapshot.getExchange())
            .setMargin(margin == null ? null : decimal(margin))
            .setLiquidationPrice(said == null ? null : decimal(said))
            .build();
    put(
        Topic.POSITION_SNAPSHOT,
        "main:BTCUSDT",
        PositionSnapshot.newBuilder(snapshot)
            .setExchange(position)
            .setLiquidationPrice(decimal("72000.12"))
            .build());

    assertThat(hash("quantum:position:BTCUSDT").get("liquidation_price")).isEqualTo(served);
  }

  @Test
  void shouldSayWhenAPositionHasNoRiskData() {
    put(Topic.POSITION_SNAPSHOT, "main:BTCUSDT", LegacyRecords.snapshot().setRisk(null).build());

    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("risk_missing", "1")
        .doesNotContainKeys("stop_loss", "atr_value", "risk_price", "entry_risk_usdt");
  }

  @Test
  void shouldImplyAnAtrFromTheStopWhereNoneWasKnown() {
    var risk = LegacyRecords.risk();
    put(
        Topic.POSITION_SNAPSHOT,
        "main:BTCUSDT",
        LegacyRecords.snapshot()
            .setRisk(io.quantumtrader.schemas.avro.Risk.newBuilder(risk).setAtr(null).build())
            .build());

    assertThat(hash("quantum:position:BTCUSDT"))
        .containsEntry("atr_value", "600.0")
        .containsEntry("risk_missing", "0");
  }

  @Test
  void shouldKeepOtherAccountsApart() {
    // when
    put(Topic.POSITION_LEDGER, "alpha:BTCUSDT", LegacyRecords.ledger().setAccount("alpha").build());
    put(
        Topic.POSITION_SNAPSHOT,
        "alpha:BTCUSDT",
        LegacyRecords.snapshot().setAccount("alpha").build());
    put(Topic.PORTFOLIO_STATE, "alpha", LegacyRecords.portfolio().setAccount("alpha").build());
    put(Topic.APPLY_PLAN, "alpha", LegacyRecords.plan().setAccount("alpha").build());
    put(Topic.APPLY_RESULT, "alpha", LegacyRecords.result().setAccount("alpha").build());
    put(Topic.DECISION, "alpha", LegacyRecords.decision().setAccount("alpha").build());
    put(Topic.PERMIT, PLAN_ID, LegacyRecords.permit(PermitKind.P33).setAccount("alpha").build());

    // then
    List<String> keys = keys("*");
    keys.removeIf(key -> key.startsWith("quantum:connect:offset:"));
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "quantum:alpha:position:ledger:BTCUSDT",
            "quantum:alpha:state:positions:BTCUSDT",
            "quantum:alpha:position:snapshot:BTCUSDT",
            "quantum:alpha:position:BTCUSDT",
            "quantum:alpha:state:portfolio",
            "quantum:alpha:equity:current",
            "quantum:alpha:equity_usd",
            "quantum:alpha:stream:apply.plan",
            "quantum:alpha:stream:apply.result",
            "quantum:alpha:stream:decision",
            "quantum:alpha:intent_bridge:seen:i1",
            "quantum:alpha:apply:dedupe:ce55002fb9d9d7ef",
            "quantum:alpha:permit:p33:" + PLAN_ID);
  }

  @Test
  void shouldShowThePortfolio() {
    // when
    put(Topic.PORTFOLIO_STATE, "main", LegacyRecords.portfolio().build());

    // then
    assertThat(hash("quantum:state:portfolio"))
        .containsExactly(
            Map.entry("ts_utc", "1773500000"),
            Map.entry("timestamp", "1773500000"),
            Map.entry("equity_usd", "9987.50"),
            Map.entry("balance_usd", "10000.00"),
            Map.entry("unrealized_pnl_usd", "-12.50"),
            Map.entry("positions_count", "2"),
            Map.entry("positions_notional_usd", "3500.00"),
            Map.entry("source", "portfolio-state-publisher"),
            Map.entry("drawdown", "0.0111"),
            Map.entry("exposure_pct", "7.0"),
            Map.entry("margin_ratio", "285.0"),
            Map.entry("total_realized_pnl", "100.12"));
    assertThat(ttl("quantum:state:portfolio")).isBetween(115L, 120L);
    assertThat(hash("quantum:equity:current"))
        .containsExactly(
            Map.entry("equity", "9987.505"),
            Map.entry("peak", "10100.0"),
            Map.entry("last_update_ts", "1773499999.25"));
    assertThat(text("quantum:equity_usd")).isEqualTo("9987.505");
  }

  @Test
  void shouldWriteNoPortfolioWhileEquityIsUnknown() {
    put(Topic.PORTFOLIO_STATE, "main", LegacyRecords.portfolio().setEquity(null).build());

    assertThat(keys("quantum:state:*")).isEmpty();
    assertThat(keys("quantum:equity*")).isEmpty();
  }

  @Test
  void shouldShowTheUniverse() {
    // when
    put(Topic.UNIVERSE, "active", LegacyRecords.universe("active").build());
    put(Topic.UNIVERSE, "top10", LegacyRecords.universe("top10").build());

    // then
    assertThat(text("quantum:cfg:universe:active"))
        .isEqualTo(text("quantum:cfg:universe:last_ok"))
        .isEqualTo(
            "{\"asof_epoch\": 1773500000, \"source\": \"quantum-streams\", \"mode\": \"testnet\","
                + " \"symbols\": [\"BTCUSDT\", \"ETHUSDT\"], \"filters\":"
                + " {\"contractType\": \"PERPETUAL\", \"status\": \"TRADING\"}}");
    assertThat(hash("quantum:cfg:universe:meta"))
        .containsExactly(
            Map.entry("asof_epoch", "1773500000"),
            Map.entry("last_ok_epoch", "1773500000"),
            Map.entry("count", "2"),
            Map.entry("stale", "0"),
            Map.entry("error", ""));
    assertThat(text("quantum:cfg:universe:top10"))
        .isEqualTo(
            "{\"symbols\": [\"BTCUSDT\", \"ETHUSDT\"], \"generated_at\":"
                + " \"2026-03-14T14:53:20.250000\", \"criteria\": {\"min_sigma\": 0.005,"
                + " \"min_ts\": 0.3, \"max_symbols\": 10}}");
  }

  @Test
  void shouldShowThePolicy() {
    put(
        Topic.POLICY,
        "default",
        Policy.newBuilder().setVersion(3).setAllowedSymbols(List.of("BTCUSDT")).build());
    put(Topic.POLICY, "alpha", Policy.newBuilder().setName("alpha").setVersion(4).build());

    assertThat(hash("quantum:policy:current"))
        .containsEntry("universe_symbols", "[\"BTCUSDT\"]")
        .containsEntry("leverage_by_symbol", "{}")
        .containsEntry(
            "harvest_params",
            "{\"cost_bps\": 10.0, \"T1_R\": 2.0, \"T2_R\": 4.0, \"T3_R\": 6.0, \"lock_R\": 1.5,"
                + " \"be_plus_pct\": 0.002, \"sigma_ref\": 0.01, \"ts_ref\": 0.3,"
                + " \"kill_threshold\": 0.6}")
        .containsEntry("valid_until_epoch", "4102444800.0")
        .containsEntry("policy_version", "3");
    assertThat(hash("quantum:alpha:policy:current"))
        .containsEntry("universe_symbols", "[]")
        .containsEntry("policy_version", "4");
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, , ",
    "REDUCING, , LOCKDOWN",
    "HALTED, 1, LOCKDOWN",
    "UNRECOGNIZED, 1, LOCKDOWN",
    ", , LOCKDOWN"
  })
  void shouldShowTheTradingState(TradingState state, String kill, String mode) {
    // given: the opposite
    put(Topic.CONTROL, "*", LegacyRecords.control(TradingState.ACTIVE));
    put(Topic.CONTROL, "*", LegacyRecords.control(TradingState.HALTED));

    // when
    put(Topic.CONTROL, "*", state == null ? null : LegacyRecords.control(state));
    put(Topic.CONTROL, "main", LegacyRecords.control(TradingState.REDUCING));

    // then
    assertThat(text("quantum:kill")).isEqualTo(kill);
    assertThat(text("quantum:system:mode")).isEqualTo(mode);
  }

  /** The old system knew neither locks nor orders; their record's state is nobody's. */
  @Test
  void shouldShowNothingOfWhatIsOrderedOfAll() {
    // given
    put(Topic.CONTROL, "*", LegacyRecords.control(TradingState.ACTIVE));

    // when
    put(Topic.CONTROL, "*:orders", LegacyRecords.control(TradingState.HALTED));
    put(Topic.CONTROL, "*:orders", null);

    // then
    assertThat(text("quantum:kill")).isNull();
    assertThat(text("quantum:system:mode")).isNull();
  }

  @Test
  void shouldNameTheMostProbableRegime() {
    put(
        Topic.MARKET_STATE,
        "A",
        LegacyRecords.marketState().setPTrend(0.4).setPMr(0.4).setPChop(0.2).build());
    put(
        Topic.MARKET_STATE,
        "A",
        LegacyRecords.marketState().setPTrend(0.2).setPMr(0.4).setPChop(0.4).build());
    put(
        Topic.MARKET_STATE,
        "A",
        LegacyRecords.marketState().setPTrend(0.2).setPMr(0.3).setPChop(0.5).build());

    assertThat(entries("quantum:stream:marketstate"))
        .extracting(entry -> entry.get("regime"))
        .containsExactly("trend", "mr", "chop");
    assertThat(ttl("quantum:marketstate:A")).isBetween(595L, 600L);
  }

  @Test
  void shouldWriteAShortLedgerWithASign() {
    put(
        Topic.POSITION_LEDGER,
        "main:BTCUSDT",
        LegacyRecords.ledger()
            .setSide(PositionSide.SHORT)
            .setQuantity(decimal("0.00001"))
            .setUpdatedAtMs(NOW_MS)
            .build());

    assertThat(hash("quantum:position:ledger:BTCUSDT"))
        .containsEntry("ledger_amt", "-1e-05")
        .containsEntry("qty", "1e-05");
  }
}
