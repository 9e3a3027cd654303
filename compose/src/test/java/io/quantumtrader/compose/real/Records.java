package io.quantumtrader.compose.real;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Records as the world around the stages would send them, with sane values. */
final class Records {

  /** Event time of the tests: 2025-11-19T10:00:00Z. */
  static final long NOW = 1_763_546_400_000L;

  static final long MINUTE = 60_000;

  private Records() {}

  static Clock clock(long nowMs, int partition) {
    return Clock.newBuilder().setNowMs(nowMs).setStepMs(MINUTE).setPartition(partition).build();
  }

  static MarketState state(String symbol, String price, long asOfMs) {
    return MarketState.newBuilder()
        .setSymbol(symbol)
        .setAsOfMs(asOfMs)
        .setIntervalMs(MINUTE)
        .setSigma(0.001)
        .setMu(0.0004)
        .setTs(0.4)
        .setPTrend(0.6)
        .setPMr(0.2)
        .setPChop(0.2)
        .setDp(0.5)
        .setVr(1.0)
        .setSpikeProxy(0.1)
        .setAtr(Double.parseDouble(price) * 0.01)
        .setLastPrice(new BigDecimal(price))
        .setNotional24h(1_000_000.0)
        .setBufferSize(300)
        .build();
  }

  static Instrument instrument(String symbol, String step) {
    return Instrument.newBuilder()
        .setSymbol(symbol)
        .setTickSize(new BigDecimal("0.01"))
        .setStepSize(new BigDecimal(step))
        .setMinQuantity(new BigDecimal(step))
        .setMinNotional(new BigDecimal("5"))
        .setMaxLeverage(125)
        .setStatus(InstrumentStatus.TRADING)
        .setAsOfMs(NOW)
        .build();
  }

  static Universe top(List<String> symbols) {
    return Universe.newBuilder()
        .setName("top10")
        .setAsOfMs(NOW)
        .setSymbols(symbols)
        .setCode("UNIVERSE_RANKED")
        .build();
  }

  static Control control(TradingState state) {
    return Control.newBuilder()
        .setAccount(Accounts.ALL)
        .setTradingState(state)
        .setAtMs(NOW)
        .build();
  }

  static ExchangeAccount wallet(String account, String wallet, long asOfMs) {
    return ExchangeAccount.newBuilder()
        .setAccount(account)
        .setAsOfMs(asOfMs)
        .setWallet(new BigDecimal(wallet))
        .build();
  }

  /** An intent for 100 of margin at leverage 2. */
  static TradeIntent.Builder intent(
      String id, String account, String symbol, IntentAction action, long createdAtMs) {
    return TradeIntent.newBuilder()
        .setIntentId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(action)
        .setSizing(action == IntentAction.CLOSE ? Sizing.NONE : Sizing.MARGIN)
        .setAmount(action == IntentAction.CLOSE ? null : new BigDecimal("100"))
        .setLeverage(action == IntentAction.CLOSE ? null : 2.0)
        .setConfidence(0.8)
        .setSource("test")
        .setCreatedAtMs(createdAtMs);
  }

  /** The whole plan filled at its price. */
  static ApplyResult filled(ApplyPlan plan, long atMs) {
    String fillId = "fill-" + plan.getPlanId();
    return ApplyResult.newBuilder()
        .setResultId(fillId)
        .setPlanId(plan.getPlanId())
        .setAccount(plan.getAccount())
        .setSymbol(plan.getSymbol())
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(plan.getSide())
        .setReduceOnly(plan.getReduceOnly())
        .setRequestedQuantity(plan.getQuantity())
        .setFilledQuantity(plan.getQuantity())
        .setFill(
            Fill.newBuilder()
                .setFillId(fillId)
                .setQuantity(plan.getQuantity())
                .setPrice(plan.getPrice())
                .setFee(new BigDecimal("0.08"))
                .setAtMs(atMs)
                .build())
        .setLeverage(plan.getLeverage())
        .setAtMs(atMs)
        .build();
  }

  @SuppressWarnings("unchecked")
  static byte[] serialize(RecordSerdes serdes, Topic topic, SpecificRecord value) {
    Class<SpecificRecord> type = (Class<SpecificRecord>) topic.valueType().orElseThrow();
    return serdes.of(type).serializer().serialize(topic.topicName(), value);
  }
}
