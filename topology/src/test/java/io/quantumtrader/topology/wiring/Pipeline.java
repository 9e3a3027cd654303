package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.entry.EntryLine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The whole topology as one task of several, with two accounts in it whose names begin alike:
 * {@link Given#MAIN} and {@link #TWIN}. {@link #AWAY} lies in another partition. Both have 10000 in
 * the wallet and may open BTCUSDT and ETHUSDT; it is noon, and every trading state is ACTIVE.
 *
 * <p>Methods of this class give; {@link #when} is the one thing that is tried, and returns what
 * came of it alone.
 */
final class Pipeline implements AutoCloseable {

  /** Shares partition 0 of three with main. */
  static final String TWIN = "main3";

  /** Lies in partition 1 of three. */
  static final String AWAY = "main2";

  static final String ETH = "ETHUSDT";
  static final String DEFAULT = "default";

  private final RecordSerdes serdes;
  private final PartitionedDriver driver;
  private final Map<String, MarketState.Builder> states = new LinkedHashMap<>();
  private final Map<String, String> wallets = new LinkedHashMap<>();
  private final Map<String, List<ExchangePosition>> positions = new HashMap<>();
  private long nowMs = NOON;
  private int results;

  /** Starts with three account partitions, of which the driver's task has the first. */
  Pipeline(Path directory) {
    this(directory, PartitionCounts.DEFAULT, PartitionCounts.DEFAULT, MAIN, TWIN);
  }

  /** Starts with other counts, see {@link PartitionedDriver}, and with other accounts. */
  Pipeline(Path directory, PartitionCounts builtFor, PartitionCounts counts, String... accounts) {
    serdes =
        new RecordSerdes(
            Map.of(
                "schema.registry.url",
                "mock://" + UUID.randomUUID(),
                "auto.register.schemas",
                true));
    driver = new PartitionedDriver(directory, serdes, builtFor, counts, NOON);
    control(Accounts.ALL, TradingState.ACTIVE);
    policy(DEFAULT, policy());
    for (String symbol : List.of(BTC, ETH)) {
      send(Topic.INSTRUMENT, Instrument.class, symbol, Given.instrument(symbol).build());
    }
    state(Given.state(BTC));
    state(Given.state(ETH).setLastPrice(dec("3000")).setAtr(40.0));
    for (String account : accounts) {
      wallet(account, "10000");
    }
    clock(NOON);
  }

  /** Returns a policy that names the two symbols itself, whatever the universe ranks. */
  static Policy.Builder policy() {
    return Given.policy().setAllowedSymbols(List.of(BTC, ETH));
  }

  /** Tries one thing, and returns what came of it. */
  Outputs when(Consumer<Pipeline> tried) {
    int before = driver.sent();
    tried.accept(this);
    return new Outputs(serdes, driver.sentAfter(before));
  }

  long nowMs() {
    return nowMs;
  }

  PartitionedDriver driver() {
    return driver;
  }

  Pipeline policy(String key, Policy.Builder policy) {
    send(Topic.POLICY, Policy.class, key, policy.setName(key).build());
    return this;
  }

  Pipeline control(String account, TradingState state, ManualClose... closes) {
    Control control =
        Control.newBuilder(Given.control(account, state)).setCloses(List.of(closes)).build();
    send(Topic.CONTROL, Control.class, account, control);
    return this;
  }

  /** Writes a control record under the key that it names. */
  Pipeline control(Control.Builder control) {
    send(Topic.CONTROL, Control.class, control.getAccount(), control.build());
    return this;
  }

  Pipeline wallet(String account, String amount) {
    wallets.put(account, amount);
    walletAsOf(account, amount, nowMs);
    return this;
  }

  /** Has the exchange say what positions an account has; it says so again with each wallet. */
  Pipeline positions(String account, ExchangePosition.Builder... held) {
    positions.put(account, Stream.of(held).map(ExchangePosition.Builder::build).toList());
    return walletAsOf(account, wallets.get(account), nowMs);
  }

  /** Has the exchange say that it has a position which is not in the ledger. */
  Pipeline held(String account, String symbol, String quantity) {
    send(
        Topic.EXCHANGE_ACCOUNT,
        ExchangeAccount.class,
        account,
        Given.held(account, symbol, quantity, nowMs));
    return this;
  }

  Pipeline walletAsOf(String account, String amount, long asOfMs) {
    send(
        Topic.EXCHANGE_ACCOUNT,
        ExchangeAccount.class,
        account,
        ExchangeAccount.newBuilder(Given.exchange(account, amount, asOfMs))
            .setPositions(positions.getOrDefault(account, List.of()))
            .build());
    return this;
  }

  Pipeline state(MarketState.Builder state) {
    states.put(state.getSymbol(), state);
    send(Topic.MARKET_STATE, MarketState.class, state.getSymbol(), state.setAsOfMs(nowMs).build());
    return this;
  }

  /** Passes the clock; nothing else is new. */
  Pipeline clock(long atMs) {
    nowMs = atMs;
    sendClock("0", Given.clock(atMs));
    return this;
  }

  void sendClock(String key, Clock clock) {
    send(Topic.CLOCK, Clock.class, key, clock);
  }

  /** Passes the clock by as many milliseconds, with wallets and market states as new as it. */
  Pipeline pass(long byMs) {
    nowMs += byMs;
    wallets.forEach((account, amount) -> walletAsOf(account, amount, nowMs));
    states.values().forEach(this::state);
    return clock(nowMs);
  }

  Pipeline intent(TradeIntent.Builder intent) {
    send(
        Topic.TRADE_INTENT,
        TradeIntent.class,
        intent.getAccount(),
        intent.setCreatedAtMs(nowMs).build());
    return this;
  }

  /**
   * Brings an intent as a stranger writes it.
   *
   * @param key key, which may be null
   * @param recordMs its time on Kafka, epoch ms
   */
  Pipeline foreign(byte[] key, TradeIntent intent, long recordMs, Header... headers) {
    String topic = Topic.TRADE_INTENT.topicName();
    byte[] bytes = serdes.of(TradeIntent.class).serializer().serialize(topic, intent);
    driver.pipe(topic, new TestRecord<>(key, bytes, new RecordHeaders(headers), recordMs));
    return this;
  }

  /** Brings entries that were written so long ago that the account is behind. */
  Pipeline lateEntries(String account, String symbol, int count) {
    for (int i = 0; i < count; i++) {
      late(buy(account, "late-" + i, symbol));
    }
    return this;
  }

  /** Brings an intent that was written so long ago that the account is behind. */
  Pipeline late(TradeIntent.Builder intent) {
    byte[] bytes =
        serdes
            .of(TradeIntent.class)
            .serializer()
            .serialize(Topic.TRADE_INTENT.topicName(), intent.setCreatedAtMs(nowMs).build());
    driver.pipe(
        Topic.TRADE_INTENT.topicName(),
        intent.getAccount().getBytes(UTF_8),
        bytes,
        nowMs - EntryLine.BEHIND_MS - 1);
    return this;
  }

  /** Brings a price of a symbol between candles, at the clock's time. */
  Pipeline mark(String symbol, String price) {
    Candle mark =
        Candle.newBuilder()
            .setSymbol(symbol)
            .setOpenTimeMs(nowMs - 1)
            .setIntervalMs(1)
            .setOpen(dec(price))
            .setHigh(dec(price))
            .setLow(dec(price))
            .setClose(dec(price))
            .setVolume(dec("0"))
            .build();
    send(Topic.MARK, Candle.class, symbol, mark);
    return this;
  }

  /** An intent of an account to buy for 300 USD margin at 2x. */
  static TradeIntent.Builder buy(String account, String id, String symbol) {
    return Given.intent(id).setAccount(account).setSymbol(symbol);
  }

  /** Has an entry granted, and returns its plan. */
  ApplyPlan granted(String account, String id, String symbol) {
    return when(it -> it.intent(buy(account, id, symbol))).plan();
  }

  Pipeline result(ApplyResult.Builder result) {
    send(Topic.APPLY_RESULT, ApplyResult.class, result.getAccount(), result.setAtMs(nowMs).build());
    return this;
  }

  /** Ends a plan without a fill. */
  Pipeline refuse(ApplyPlan plan) {
    return result(
        Given.result(plan, null)
            .setResultId("result-" + ++results)
            .setOutcome(ResultOutcome.REJECTED)
            .setTrigger(plan.getTrigger())
            .setRung(plan.getRung()));
  }

  /** Fills a plan whole. */
  Pipeline fill(ApplyPlan plan, String price) {
    Fill fill = Given.fill("fill-" + ++results, plan.getQuantity().toPlainString(), price);
    return result(
        Given.result(plan, fill)
            .setOrigin(ResultOrigin.PLAN)
            .setTrigger(plan.getTrigger())
            .setRung(plan.getRung()));
  }

  /** Books a position of any size, as the position sync does with one that it takes over. */
  Pipeline adopt(String account, String symbol, OrderSide side, String quantity, String price) {
    return result(adopted(account, symbol, side, "adopted-" + ++results, quantity, price));
  }

  static ApplyResult.Builder adopted(
      String account, String symbol, OrderSide side, String id, String quantity, String price) {
    return Given.result(symbol, side, Given.fill(id, quantity, price))
        .setAccount(account)
        .setOrigin(ResultOrigin.ADOPTED);
  }

  Pipeline proposal(HarvestProposal.Builder proposal) {
    String key = Accounts.key(proposal.getAccount(), proposal.getSymbol());
    send(Topic.HARVEST_PROPOSAL, HarvestProposal.class, key, proposal.setAsOfMs(nowMs).build());
    return this;
  }

  /** Returns a proposal for the first position of an account in a symbol, to close all of it. */
  static HarvestProposal.Builder closeAll(String account, String symbol) {
    return Given.proposal()
        .setAccount(account)
        .setSymbol(symbol)
        .setPositionId(account + ":" + symbol + ":1")
        .setAction("FULL_CLOSE_PROPOSED")
        .setTrigger(io.quantumtrader.schemas.avro.ExitTrigger.KILL_SCORE)
        .setShare(1.0)
        .setKillScore(0.62);
  }

  /** Closes a candle of the last minute. */
  Pipeline candle(String symbol, String price) {
    Candle candle =
        Candle.newBuilder()
            .setSymbol(symbol)
            .setOpenTimeMs(nowMs - MINUTE)
            .setIntervalMs(MINUTE)
            .setOpen(dec(price))
            .setHigh(dec(price))
            .setLow(dec(price))
            .setClose(dec(price))
            .setVolume(dec("1"))
            .build();
    send(Topic.CANDLE, Candle.class, symbol, candle);
    return this;
  }

  Pipeline restart() {
    driver.restart(nowMs);
    return this;
  }

  <V extends SpecificRecord> void send(Topic topic, Class<V> type, String key, V value) {
    byte[] bytes = serdes.of(type).serializer().serialize(topic.topicName(), value);
    driver.pipe(topic.topicName(), key.getBytes(UTF_8), bytes, nowMs);
  }

  @Override
  public void close() {
    driver.close();
    serdes.close();
  }
}
