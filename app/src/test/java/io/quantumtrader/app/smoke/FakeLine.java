package io.quantumtrader.app.smoke;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.avro.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** A pipeline that says what it is told to, at times of its own. */
final class FakeLine implements SmokeLine {

  static final String SYMBOL = "BTCUSDT";
  private static final long SECOND = 1_000_000_000L;

  private record Due(long nanos, int number, Runnable act, SpecificRecord record) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingInt(Due::number));
  private final List<SpecificRecord> tables = new ArrayList<>();
  private Consumer<TradeIntent> onIntent = intent -> {};
  private long nanos;
  private int number;

  final List<TradeIntent> sent = new ArrayList<>();

  void onIntent(Consumer<TradeIntent> answer) {
    onIntent = answer;
  }

  void begins(SpecificRecord... records) {
    tables.addAll(List.of(records));
  }

  /** Says something so many seconds from now. */
  void says(long afterSeconds, SpecificRecord... records) {
    for (SpecificRecord record : records) {
      due.add(new Due(nanos + afterSeconds * SECOND, number++, () -> {}, record));
    }
  }

  /** Does something so many seconds from now. */
  void does(long afterSeconds, Runnable act) {
    due.add(new Due(nanos + afterSeconds * SECOND, number++, act, clock()));
  }

  long seconds() {
    return nanos / SECOND;
  }

  @Override
  public void readTables(String account, Consumer<SpecificRecord> seen) {
    tables.forEach(seen);
  }

  @Override
  public void send(TradeIntent intent) {
    sent.add(intent);
    onIntent.accept(intent);
  }

  @Override
  public boolean await(Predicate<SpecificRecord> isEnough, Duration atMost) {
    long end = nanos + atMost.toNanos();
    while (!due.isEmpty() && due.peek().nanos() <= end) {
      Due next = due.remove();
      nanos = Math.max(nanos, next.nanos());
      next.act().run();
      if (isEnough.test(next.record())) {
        return true;
      }
    }
    nanos = end;
    return false;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void close() {}

  static Clock clock() {
    return Clock.newBuilder().setPartition(0).setNowMs(1_000).setStepMs(1_000).build();
  }

  /** What is known of a market in which the symbol may be opened. */
  static SpecificRecord[] market() {
    return new SpecificRecord[] {openable("ETHUSDT", SYMBOL), rules("0.001", "5"), price("100")};
  }

  static Universe openable(String... symbols) {
    return Universe.newBuilder()
        .setName("top10")
        .setAsOfMs(1)
        .setSymbols(List.of(symbols))
        .setCode("UNIVERSE_RANKED")
        .build();
  }

  static Instrument rules(String step, String minNotional) {
    return Instrument.newBuilder()
        .setSymbol(SYMBOL)
        .setTickSize(decimal("0.1"))
        .setStepSize(decimal(step))
        .setMinQuantity(decimal(step))
        .setMinNotional(decimal(minNotional))
        .setMaxLeverage(20)
        .setStatus(InstrumentStatus.TRADING)
        .setAsOfMs(1)
        .build();
  }

  static MarketState price(String last) {
    return MarketState.newBuilder()
        .setSymbol(SYMBOL)
        .setAsOfMs(1)
        .setIntervalMs(60_000)
        .setSigma(0.01)
        .setMu(0)
        .setTs(0)
        .setPTrend(0)
        .setPMr(0)
        .setPChop(0)
        .setDp(0)
        .setVr(1)
        .setSpikeProxy(0)
        .setLastPrice(decimal(last))
        .setNotional24h(0)
        .setBufferSize(1)
        .build();
  }

  static Decision verdict(TradeIntent intent, Verdict verdict, String code) {
    return Decision.newBuilder()
        .setDecisionId("d")
        .setStage("portfolio-gate")
        .setVerdict(verdict)
        .setCode(code)
        .setCauseType(CauseType.INTENT)
        .setCauseId(intent.getIntentId())
        .setPlanId(verdict == Verdict.GRANTED ? plan(intent) : null)
        .setNumbers(List.of())
        .setPolicyName("default")
        .setPolicyVersion(1)
        .setAtMs(1)
        .build();
  }

  static ApplyResult filled(TradeIntent intent) {
    return ApplyResult.newBuilder()
        .setResultId("r-" + intent.getIntentId())
        .setPlanId(plan(intent))
        .setSymbol(SYMBOL)
        .setOrigin(ResultOrigin.PLAN)
        .setOutcome(ResultOutcome.FILLED)
        .setFinalResult(true)
        .setSide(intent.getReduceOnly() ? OrderSide.SELL : OrderSide.BUY)
        .setReduceOnly(intent.getReduceOnly())
        .setRequestedQuantity(decimal("0.5"))
        .setFilledQuantity(decimal("0.5"))
        .setLeverage(1)
        .setAtMs(1)
        .build();
  }

  static String plan(TradeIntent intent) {
    return "plan-of-" + intent.getIntentId();
  }

  static ExchangeAccount exchange(String quantity) {
    boolean open = !quantity.equals("0");
    return ExchangeAccount.newBuilder()
        .setAsOfMs(1)
        .setWallet(decimal("100"))
        .setPositions(open ? List.of(position(quantity)) : List.of())
        .build();
  }

  /** What the exchange has before stop and target rest there. */
  static ExchangeAccount bare(String quantity) {
    ExchangePosition open =
        ExchangePosition.newBuilder(position(quantity))
            .setStopPrice(null)
            .setTargetPrice(null)
            .build();
    return ExchangeAccount.newBuilder(exchange("0")).setPositions(List.of(open)).build();
  }

  private static ExchangePosition position(String quantity) {
    return ExchangePosition.newBuilder()
        .setSymbol(SYMBOL)
        .setSide(PositionSide.LONG)
        .setQuantity(decimal(quantity))
        .setEntryPrice(decimal("100"))
        .setStopPrice(decimal("90"))
        .setTargetPrice(decimal("150"))
        .build();
  }

  static PositionLedger ledger(String quantity) {
    boolean open = !quantity.equals("0");
    return PositionLedger.newBuilder()
        .setSymbol(SYMBOL)
        .setSide(open ? PositionSide.LONG : PositionSide.FLAT)
        .setQuantity(decimal(quantity))
        .setEntryPrice(decimal(open ? "100" : "0"))
        .setRealizedPnl(decimal("0"))
        .setFees(decimal("0"))
        .setPositionRealizedPnl(decimal("0"))
        .setPositionFees(decimal("0"))
        .setUpdatedAtMs(1)
        .build();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }
}
