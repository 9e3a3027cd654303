package io.quantumtrader.topology.incidents;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology in the test driver, and an exchange that answers when it is told to: a plan is
 * filled at a price that the test names, and a fee of 0.04 %.
 */
final class WholePipeline implements AutoCloseable {

  private static final BigDecimal FEE_RATE = new BigDecimal("0.0004");
  private static final int WARM_UP = 260;

  private final RecordSerdes serdes;
  private final TopologyTestDriver driver;
  private final Map<String, PositionLedger> ledger = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<ApplyPlan> plans = new ArrayList<>();
  private final List<HarvestProposal> proposals = new ArrayList<>();
  private final List<PositionSnapshot> snapshots = new ArrayList<>();
  private long nowMs = NOON;
  private int fills;

  WholePipeline(Path directory) {
    serdes =
        new RecordSerdes(
            Map.of(
                "schema.registry.url",
                "mock://" + UUID.randomUUID(),
                "auto.register.schemas",
                true));
    StreamsSettings settings =
        new StreamsSettings(
            Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                directory.toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE));
    driver =
        new TopologyTestDriver(
            QuantumTopology.build(serdes, new PartitionCounts(1, 1), settings.properties()),
            settings.properties(),
            Instant.ofEpochMilli(NOON));
    send(
        Topic.CONTROL,
        Control.class,
        Accounts.ALL,
        Given.control(Accounts.ALL, TradingState.ACTIVE));
    wallet("10000");
  }

  /** Sets the policy; the symbols that may be opened are those of the policy, not the top list. */
  WholePipeline policy(Policy.Builder policy) {
    send(Topic.POLICY, Policy.class, "default", policy.build());
    return this;
  }

  void wallet(String amount) {
    send(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, MAIN, Given.exchange(MAIN, amount, nowMs));
  }

  void control(Control control) {
    send(Topic.CONTROL, Control.class, control.getAccount(), control);
  }

  void instrument(Instrument.Builder instrument) {
    send(Topic.INSTRUMENT, Instrument.class, instrument.getSymbol(), instrument.build());
  }

  /** Gives a symbol its filters and closed candles up to now, calm around a price. */
  WholePipeline warm(String symbol, String price) {
    instrument(Given.instrument(symbol));
    BigDecimal middle = new BigDecimal(price);
    for (int i = WARM_UP; i >= 1; i--) {
      BigDecimal wave =
          BigDecimal.valueOf(1 + 0.0004 * Math.sin(i / 7.0) + 0.0002 * Math.cos(i * 1.7));
      BigDecimal close = i == 1 ? middle : middle.multiply(wave);
      candle(symbol, NOON - i * MINUTE, close, close, close);
    }
    read();
    return this;
  }

  /** Passes the clock to the next minute. */
  void clock() {
    nowMs += MINUTE;
    send(Topic.CLOCK, Clock.class, "0", Given.clock(nowMs));
    wallet("10000");
    read();
  }

  /** Passes the clock by seconds, without a candle. */
  void clockBySeconds(long seconds) {
    nowMs += seconds * 1000;
    send(Topic.CLOCK, Clock.class, "0", Given.clock(nowMs));
    read();
  }

  long nowMs() {
    return nowMs;
  }

  /** Passes the clock to the next minute, in which the symbol traded at one price alone. */
  void minute(String symbol, String price) {
    minute(symbol, price, price, price);
  }

  /** Passes the clock to the next minute, which closes a candle in the symbol. */
  void minute(String symbol, String high, String low, String close) {
    clock();
    candle(
        symbol, nowMs - MINUTE, new BigDecimal(high), new BigDecimal(low), new BigDecimal(close));
    read();
  }

  /** Closes a candle of the last minute without passing the clock. */
  void trade(String symbol, String price) {
    BigDecimal at = new BigDecimal(price);
    candle(symbol, nowMs - MINUTE, at, at, at);
    read();
  }

  private void candle(
      String symbol, long openMs, BigDecimal high, BigDecimal low, BigDecimal close) {
    Candle candle =
        Candle.newBuilder()
            .setSymbol(symbol)
            .setOpenTimeMs(openMs)
            .setIntervalMs(MINUTE)
            .setOpen(scaled(close))
            .setHigh(scaled(high))
            .setLow(scaled(low))
            .setClose(scaled(close))
            .setVolume(dec("10"))
            .build();
    send(Topic.CANDLE, Candle.class, symbol, candle, openMs + MINUTE);
  }

  private static BigDecimal scaled(BigDecimal price) {
    return price.setScale(18, RoundingMode.HALF_EVEN);
  }

  void intent(TradeIntent.Builder intent) {
    send(Topic.TRADE_INTENT, TradeIntent.class, MAIN, intent.setCreatedAtMs(nowMs).build());
    read();
  }

  /** Opens a position by an intent and its fill, and returns its row. */
  PositionLedger open(TradeIntent.Builder intent, String price) {
    intent(intent);
    fill(lastPlan(), price);
    return ledger(intent.getSymbol());
  }

  void proposal(HarvestProposal.Builder proposal) {
    String key = Accounts.key(proposal.getAccount(), proposal.getSymbol());
    send(Topic.HARVEST_PROPOSAL, HarvestProposal.class, key, proposal.setAsOfMs(nowMs).build());
    read();
  }

  /** Fills a plan whole. */
  void fill(ApplyPlan plan, String price) {
    if (plan.getAction() == PlanAction.UPDATE_SL) {
      result(
          answer(plan, null).setOutcome(ResultOutcome.PROTECTED).setStopPrice(plan.getStopPrice()));
      return;
    }
    result(answer(plan, fillOf(plan.getQuantity(), price)));
  }

  /** Ends a plan without a fill. */
  void refuse(ApplyPlan plan, ResultOutcome outcome) {
    result(answer(plan, null).setOutcome(outcome));
  }

  /** A resting stop order of the exchange fires: all that is open, at the stop. */
  void stopFires(String symbol) {
    PositionLedger row = ledger(symbol);
    Fill fill = fillOf(row.getQuantity(), row.getStopPrice().toPlainString());
    OrderSide side = row.getSide() == PositionSide.LONG ? OrderSide.SELL : OrderSide.BUY;
    result(
        Given.result(symbol, side, fill)
            .setOrigin(ResultOrigin.STOP)
            .setReduceOnly(true)
            .setTrigger(ExitTrigger.STOP_HIT));
  }

  /** Books a fill that no plan asked for. */
  void adopt(String symbol, OrderSide side, String quantity, String price) {
    result(
        Given.result(symbol, side, fillOf(dec(quantity), price)).setOrigin(ResultOrigin.ADOPTED));
  }

  private Fill fillOf(BigDecimal quantity, String price) {
    BigDecimal fee =
        quantity
            .multiply(new BigDecimal(price))
            .multiply(FEE_RATE)
            .setScale(18, RoundingMode.HALF_EVEN);
    return Given.fill("fill-" + ++fills, quantity.toPlainString(), price, fee.toPlainString());
  }

  private ApplyResult.Builder answer(ApplyPlan plan, Fill fill) {
    return Given.result(plan, fill)
        .setResultId("result-" + plan.getPlanId() + "-" + ++fills)
        .setOrigin(ResultOrigin.PLAN)
        .setTrigger(plan.getTrigger())
        .setRung(plan.getRung());
  }

  private void result(ApplyResult.Builder result) {
    send(Topic.APPLY_RESULT, ApplyResult.class, MAIN, result.setAtMs(nowMs).build());
    read();
  }

  /** Returns the ledger row of a symbol. */
  PositionLedger ledger(String symbol) {
    return ledger.get(Accounts.key(MAIN, symbol));
  }

  /** Returns plans that came out since they were last asked for. */
  List<ApplyPlan> plans() {
    List<ApplyPlan> taken = List.copyOf(plans);
    plans.clear();
    return taken;
  }

  /** Returns the only plan that came out since they were last asked for. */
  ApplyPlan lastPlan() {
    List<ApplyPlan> taken = plans();
    if (taken.size() != 1) {
      throw new AssertionError(taken.size() + " plans: " + taken + "; decisions: " + decisions);
    }
    return taken.get(0);
  }

  /** Returns decisions that came out since they were last asked for. */
  List<Decision> decisions() {
    List<Decision> taken = List.copyOf(decisions);
    decisions.clear();
    return taken;
  }

  /** Returns the codes of the decisions since they were last asked for. */
  List<String> codes() {
    return decisions().stream().map(Decision::getCode).toList();
  }

  List<HarvestProposal> proposals() {
    List<HarvestProposal> taken = List.copyOf(proposals);
    proposals.clear();
    return taken;
  }

  List<PositionSnapshot> snapshots() {
    List<PositionSnapshot> taken = List.copyOf(snapshots);
    snapshots.clear();
    return taken;
  }

  private void read() {
    decisions.addAll(values(Topic.DECISION, Decision.class));
    plans.addAll(values(Topic.APPLY_PLAN, ApplyPlan.class));
    proposals.addAll(values(Topic.HARVEST_PROPOSAL, HarvestProposal.class));
    snapshots.addAll(values(Topic.POSITION_SNAPSHOT, PositionSnapshot.class));
    for (TestRecord<String, PositionLedger> row :
        records(Topic.POSITION_LEDGER, PositionLedger.class)) {
      ledger.put(row.key(), row.value());
    }
  }

  private <V extends SpecificRecord> List<V> values(Topic topic, Class<V> type) {
    return records(topic, type).stream().map(TestRecord::value).filter(Objects::nonNull).toList();
  }

  private <V extends SpecificRecord> List<TestRecord<String, V>> records(
      Topic topic, Class<V> type) {
    return driver
        .createOutputTopic(
            topic.topicName(), new StringDeserializer(), serdes.of(type).deserializer())
        .readRecordsToList();
  }

  private <V extends SpecificRecord> void send(Topic topic, Class<V> type, String key, V value) {
    send(topic, type, key, value, nowMs);
  }

  private <V extends SpecificRecord> void send(
      Topic topic, Class<V> type, String key, V value, long timeMs) {
    driver
        .createInputTopic(topic.topicName(), new StringSerializer(), serdes.of(type).serializer())
        .pipeInput(key, value, timeMs);
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
