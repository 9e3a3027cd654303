package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.avro.AvroToConnect;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of the pipeline at the moment that the captured writes were made at. */
public final class LegacyRecords {

  static final long NOW_MS = 1_773_500_000_250L;
  static final String PLAN_ID = "0123456789abcdef";

  private static final AvroToConnect TRANSLATION = new AvroToConnect();

  private LegacyRecords() {}

  static SinkRecord record(Topic topic, String key, IndexedRecord value) {
    return record(topic, key, value, 0);
  }

  static SinkRecord record(Topic topic, String key, IndexedRecord value, long offset) {
    SchemaAndValue translated = value == null ? SchemaAndValue.NULL : TRANSLATION.toConnect(value);
    return new SinkRecord(
        topic.topicName(),
        0,
        Schema.STRING_SCHEMA,
        key,
        translated.schema(),
        translated.value(),
        offset,
        NOW_MS,
        TimestampType.CREATE_TIME);
  }

  static BigDecimal decimal(String value) {
    return new BigDecimal(value).setScale(18);
  }

  public static PositionLedger.Builder ledger() {
    return PositionLedger.newBuilder()
        .setSymbol("BTCUSDT")
        .setPositionId("main:BTCUSDT:1")
        .setOpenSequence(1)
        .setSide(PositionSide.LONG)
        .setQuantity(decimal("0.003"))
        .setEntryPrice(decimal("60000"))
        .setLeverage(5)
        .setRealizedPnl(decimal("12.5"))
        .setFees(decimal("0.1"))
        .setPositionRealizedPnl(decimal("0"))
        .setPositionFees(decimal("0.1"))
        .setTradeCount(3)
        .setOpenedAtMs(NOW_MS - 60_000)
        .setLastPlanId(PLAN_ID)
        .setLastOrderId("4242")
        .setLastFillId("f1")
        .setLastFillSide(OrderSide.BUY)
        .setLastFillQuantity(decimal("0.003"))
        .setUpdatedAtMs(NOW_MS);
  }

  static PositionLedger.Builder flatLedger() {
    return ledger()
        .setPositionId("")
        .setSide(PositionSide.FLAT)
        .setQuantity(decimal("0"))
        .setEntryPrice(decimal("0"))
        .setOpenedAtMs(null)
        .setFlatSinceMs(NOW_MS)
        .setLastFillSide(OrderSide.SELL)
        .setLastFillQuantity(decimal("0.05"));
  }

  static PositionSnapshot.Builder snapshot() {
    return PositionSnapshot.newBuilder()
        .setSymbol("BTCUSDT")
        .setPositionId("main:BTCUSDT:1")
        .setSide(PositionSide.SHORT)
        .setQuantity(decimal("0.05"))
        .setEntryPrice(decimal("60000.1"))
        .setLeverage(5)
        .setMarkPrice(decimal("59900.55"))
        .setNotional(decimal("2995.0275"))
        .setUnrealizedPnl(decimal("4.9775"))
        .setMarginInUse(decimal("600.001"))
        .setPeakPrice(decimal("60000.1"))
        .setTroughPrice(decimal("59900.55"))
        .setOpenedAtMs(NOW_MS - 60_000)
        .setAgeMs(60_000)
        .setRisk(risk())
        .setAsOfMs(NOW_MS);
  }

  /** The position above with the exchange's view of it, 10 s old. */
  static PositionSnapshot.Builder heldOnExchange() {
    return snapshot()
        .setExchange(
            ExchangePosition.newBuilder()
                .setSymbol("BTCUSDT")
                .setSide(PositionSide.SHORT)
                .setQuantity(decimal("0.05"))
                .setEntryPrice(decimal("60000.25"))
                .setLeverage(7)
                .setMarkPrice(decimal("59890"))
                .setMargin(decimal("428.5"))
                .setLiquidationPrice(decimal("68000.5"))
                .setUnrealizedProfit(decimal("5.5"))
                .build())
        .setExchangeAsOfMs(NOW_MS - 10_000);
  }

  static Risk risk() {
    return Risk.newBuilder()
        .setInitialStop(decimal("60900.1"))
        .setTarget(decimal("52800.1"))
        .setAtr(600.0)
        .setFactor(1.5)
        .setSource(RiskSource.STATE_ATR)
        .build();
  }

  static MarketState.Builder marketState() {
    return MarketState.newBuilder()
        .setSymbol("BTCUSDT")
        .setAsOfMs(NOW_MS)
        .setIntervalMs(60_000)
        .setSigma(0.00053221)
        .setMu(-0.00005227)
        .setTs(0.098221)
        .setPTrend(0.261971)
        .setPMr(0.092656)
        .setPChop(0.645374)
        .setDp(0.450980)
        .setVr(0.970469)
        .setSpikeProxy(1.082501)
        .setLastPrice(decimal("60000"))
        .setNotional24h(1e9)
        .setBufferSize(300);
  }

  static PortfolioState.Builder portfolio() {
    return PortfolioState.newBuilder()
        .setAsOfMs(NOW_MS)
        .setWallet(decimal("10000.005"))
        .setUnrealizedPnl(decimal("-12.5"))
        .setEquity(decimal("9987.505"))
        .setEquityAsOfMs(NOW_MS - 1_000)
        .setOpenPositions(2)
        .setReservations(1)
        .setMarginInUse(decimal("600"))
        .setMarginReserved(decimal("100"))
        .setGrossNotional(decimal("3500"))
        .setExposure(0.07)
        .setMarginRatio(2.85)
        .setPeakEquity(decimal("10100"))
        .setDrawdown(0.0111)
        .setRealizedPnl(decimal("100.125"))
        .setFees(decimal("1.5"));
  }

  static ApplyPlan.Builder plan() {
    return ApplyPlan.newBuilder()
        .setPlanId("ce55002fb9d9d7ef")
        .setSymbol("BTCUSDT")
        .setSide(OrderSide.BUY)
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(decimal("0.008450704225352112"))
        .setPrice(decimal("71000"))
        .setLeverage(2)
        .setStopPrice(decimal("70290"))
        .setTargetPrice(decimal("72420"))
        .setMargin(decimal("300"))
        .setNotional(decimal("600"))
        .setPermit(permit(PermitKind.P33).build())
        .setIntentId("1773499990000-0")
        .setConfidence(0.82)
        .setRegime("TREND")
        .setCreatedAtMs(NOW_MS);
  }

  static Permit.Builder permit(PermitKind kind) {
    return Permit.newBuilder()
        .setPlanId(PLAN_ID)
        .setSymbol("BTCUSDT")
        .setKind(kind)
        .setGrantedAtMs(NOW_MS)
        .setExpiresAtMs(NOW_MS + 60_000)
        .setQuantity(decimal("0.05"))
        .setPositionQuantity(decimal("0.05"))
        .setReason("PERMIT_GRANTED");
  }

  static ApplyResult.Builder result() {
    return ApplyResult.newBuilder()
        .setResultId("f1")
        .setPlanId(PLAN_ID)
        .setSymbol("BTCUSDT")
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(decimal("0.003"))
        .setFilledQuantity(decimal("0.003"))
        .setFill(
            Fill.newBuilder()
                .setFillId("f1")
                .setQuantity(decimal("0.003"))
                .setPrice(decimal("60000"))
                .setFee(decimal("0.1"))
                .setAtMs(NOW_MS)
                .build())
        .setClientOrderId(PLAN_ID)
        .setOrderId("4242")
        .setLeverage(5)
        .setAtMs(NOW_MS);
  }

  static Decision.Builder decision() {
    return Decision.newBuilder()
        .setDecisionId("portfolio-gate:i1:POSITION_LIMIT")
        .setStage("portfolio-gate")
        .setVerdict(Verdict.DENIED)
        .setCode("POSITION_LIMIT")
        .setNumbers(List.of(number("openPositions", "10"), number("limit", "10")))
        .setCauseType(CauseType.INTENT)
        .setCauseId("i1")
        .setPlanId("aaaabbbbccccdddd")
        .setSymbol("BTCUSDT")
        .setSide(OrderSide.BUY)
        .setQuantity(decimal("0.01"))
        .setPolicyName("default")
        .setPolicyVersion(3)
        .setLookups(
            List.of(
                Lookup.newBuilder()
                    .setTable("quantum.market.state")
                    .setKey("BTCUSDT")
                    .setAsOfMs(NOW_MS - 250)
                    .setAgeMs(250L)
                    .build()))
        .setAtMs(NOW_MS);
  }

  static NumberOf number(String name, String value) {
    return NumberOf.newBuilder().setName(name).setValue(value).build();
  }

  static Universe.Builder universe(String name) {
    return Universe.newBuilder()
        .setName(name)
        .setAsOfMs(NOW_MS)
        .setSymbols(List.of("BTCUSDT", "ETHUSDT"))
        .setCode("UNIVERSE_RANKED")
        .setMinSigma(0.005)
        .setMinTs(0.3);
  }

  static Control control(TradingState state) {
    return Control.newBuilder().setAccount("*").setTradingState(state).setAtMs(NOW_MS).build();
  }
}
