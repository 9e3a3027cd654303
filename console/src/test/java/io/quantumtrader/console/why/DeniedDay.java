package io.quantumtrader.console.why;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A recorded day on which several accounts, on two partitions, are denied for one reason after the
 * other: each has a policy of its own under which it happens.
 */
final class DeniedDay {

  private static final Path CANDLES = Path.of("..", "examples", "candles").toAbsolutePath();
  private static final PartitionCounts COUNTS = new PartitionCounts(2, 2);
  private static final long MINUTE = 60_000;

  /** The first list of what may be opened is there at the fifth full hour. */
  private static final int RANKED = 301;

  /** The last minute after the first list for which DOGEUSDT has a candle. */
  private static final int DOGE_ENDS = 4;

  private final List<TimedIntent> intents = new ArrayList<>();
  private final List<Later> later = new ArrayList<>();
  private final Map<String, Policy> policies = new HashMap<>();
  private final long beginMs = CandleFile.read(CANDLES).firstCloseTimeMs();
  private final CandleFile candles = withoutTheEnd(CandleFile.read(CANDLES));

  private record Appended(TopicPartition partition, LogEntry entry) {}

  /** A record that no feed writes: what lay last under its key is handed in. */
  private record Later(int minute, Topic topic, String key, UnaryOperator<SpecificRecord> value) {}

  private DeniedDay() {
    policies.put(Policies.DEFAULT, Policies.initial(beginMs));
    room();
    rates();
    times();
    sizes();
    unstableCloses();
  }

  private void room() {
    account("full", "maxPositions=1");
    intend("full", "BTCUSDT", 1, "300", 2);
    intend("full", "ETHUSDT", 3, "300", 2);
    account("exposed", "maxExposure=0.05");
    intend("exposed", "BTCUSDT", 1, "300", 2);
    intend("exposed", "ETHUSDT", 3, "300", 2);
    account("geared", "minMarginRatio=10");
    intend("geared", "BTCUSDT", 1, "300", 2);
    intend("geared", "ETHUSDT", 3, "300", 2);
    account("listed", "allowedSymbols=BTCUSDT");
    intend("listed", "ETHUSDT", 1, "300", 2);
    account("early", "maxPositions=5");
    intend("early", "BTCUSDT", -20, "300", 2);
  }

  private void rates() {
    account("busy", "churnMs=0", "entriesPerFiveMinutes=1");
    reopened("busy");
    account("hourly", "churnMs=0", "entriesPerHour=1");
    reopened("hourly");
    account("hasty", "maxPositions=5");
    reopened("hasty");
  }

  private void times() {
    account("late", "intentMaxAgeMs=20000");
    send(intent("late", "BTCUSDT", IntentAction.BUY, atMs(1) - 30_000, "300", 2));
    account("ahead", "maxPositions=5");
    later.add(
        new Later(
            1,
            Topic.TRADE_INTENT,
            "ahead",
            any -> intent("ahead", "BTCUSDT", IntentAction.BUY, atMs(1) + 90_000, "300", 2)));
    // Remembered for an hour at least, and so is the id of an intent that was denied.
    account("twice", "dedupeMs=7200000");
    TradeIntent first = intent("twice", "BTCUSDT", IntentAction.BUY, atMs(-40), "300", 2);
    send(first);
    send(TradeIntent.newBuilder(first).setCreatedAtMs(atMs(26)).build());
    account("stale", "allowedSymbols=DOGEUSDT");
    intend("stale", "DOGEUSDT", DOGE_ENDS + 5, "300", 2);
    // The equity is as old as the oldest value of what is open.
    account("unvalued", "allowedSymbols=DOGEUSDT,BTCUSDT");
    intend("unvalued", "DOGEUSDT", 1, "300", 2);
    intend("unvalued", "BTCUSDT", DOGE_ENDS + 5, "300", 2);
  }

  private void sizes() {
    account("small", "maxPositions=5");
    intend("small", "ETHUSDT", 1, "2", 2);
    account("tiny", "maxPositions=5");
    intend("tiny", "BTCUSDT", 1, "0.2", 2);
    account("wild", "maxPositions=5");
    intend("wild", "BTCUSDT", 1, "300", 126);
    account("turned", "maxPositions=5");
    intend("turned", "BTCUSDT", 1, "300", 2);
    send(
        TradeIntent.newBuilder(intent("turned", "BTCUSDT", IntentAction.SELL, atMs(3), "0.5", 2))
            .setSizing(Sizing.QUANTITY)
            .build());
  }

  /** Whoever is open is to be closed at once by these policies, and held back by the heat gate. */
  private void unstableCloses() {
    account("held", "killThreshold=0", "unstableKillScore=0", "closePolicy=hold_when_unstable");
    intend("held", "BTCUSDT", 1, "300", 2);
    // Closed by hand in the end, while it wins.
    account("winning", "killThreshold=0", "unstableKillScore=0");
    intend("winning", "BTCUSDT", 1, "300", 2);
    send(intent("winning", "BTCUSDT", IntentAction.CLOSE, atMs(12), null, 0));
    account("aged", "killThreshold=1", "unstableKillScore=1");
    intend("aged", "BTCUSDT", 1, "300", 2);
    later.add(
        new Later(
            20,
            Topic.HARVEST_PROPOSAL,
            "aged:BTCUSDT",
            last ->
                HarvestProposal.newBuilder((HarvestProposal) last)
                    .setAction("FULL_CLOSE_PROPOSED")
                    .setTrigger(ExitTrigger.KILL_SCORE)
                    .setAsOfMs(atMs(18))
                    .build()));
  }

  /** Opens, closes, and opens again. */
  private void reopened(String account) {
    intend(account, "BTCUSDT", 1, "300", 2);
    send(intent(account, "BTCUSDT", IntentAction.CLOSE, atMs(3), null, 0));
    intend(account, "BTCUSDT", 5, "300", 2);
  }

  private void account(String name, String... thresholds) {
    Policy policy = PolicyChange.of(List.of(thresholds)).on(Policies.initial(beginMs)).policy();
    policies.put(name, Policy.newBuilder(policy).setName(name).build());
  }

  private long atMs(int minute) {
    return beginMs + (RANKED + minute) * MINUTE;
  }

  private void intend(String account, String symbol, int minute, String margin, double leverage) {
    send(intent(account, symbol, IntentAction.BUY, atMs(minute), margin, leverage));
  }

  private static TradeIntent intent(
      String account,
      String symbol,
      IntentAction action,
      long atMs,
      String margin,
      double leverage) {
    return TradeIntent.newBuilder()
        .setIntentId(account + "-" + symbol + "-" + atMs)
        .setAccount(account)
        .setSymbol(symbol)
        .setAction(action)
        .setSizing(margin == null ? Sizing.NONE : Sizing.MARGIN)
        .setAmount(margin == null ? null : margin(margin))
        .setLeverage(margin == null ? null : Double.valueOf(leverage))
        .setSource("test")
        .setCreatedAtMs(atMs)
        .build();
  }

  /** Returns an intent of a quantity, as it might be of any day. */
  static TradeIntent anIntent() {
    return TradeIntent.newBuilder(intent("main", "BTCUSDT", IntentAction.BUY, 0, "0.5", 2))
        .setSizing(Sizing.QUANTITY)
        .build();
  }

  private static BigDecimal margin(String dollars) {
    return new BigDecimal(dollars).setScale(18);
  }

  private void send(TradeIntent intent) {
    intents.add(new TimedIntent(intents.size() + 1L, intent));
  }

  private CandleFile withoutTheEnd(CandleFile whole) {
    List<Candle> kept = new ArrayList<>();
    whole
        .steps()
        .forEachRemaining(
            step ->
                step.candles().stream()
                    .filter(
                        candle ->
                            !candle.getSymbol().equals("DOGEUSDT")
                                || candle.getOpenTimeMs() < atMs(DOGE_ENDS))
                    .forEach(kept::add));
    return CandleFile.of("the day", kept);
  }

  /** Records it. */
  static Recording recorded(Path directory) throws Exception {
    DeniedDay day = new DeniedDay();
    List<Appended> all = new ArrayList<>();
    try (MemoryPipeline pipeline =
            new MemoryPipeline(
                day.setup(), (partition, entry) -> all.add(new Appended(partition, entry)));
        RecordingWriter writer = new RecordingWriter(directory, COUNTS, "test")) {
      CandleRun.play(
          pipeline,
          day.candles,
          new IntentQueue(day.intents, List.of()),
          new Stop(),
          progress -> day.putIn(pipeline, progress.nowMs()));
      RecordedTopics topics =
          new RecordedTopics(pipeline.serdes(), Long.MIN_VALUE, Long.MAX_VALUE, count -> {});
      for (Appended each : all) {
        Optional<Topic> topic = Topic.named(each.partition().topic());
        if (topic.isPresent()) {
          topics.take(topic.get(), each.entry().recordOf(each.partition()), writer);
        }
      }
      Manifest unused = writer.finish();
    }
    return Recording.open(directory);
  }

  private PipelineSetup setup() {
    return new PipelineSetup(
        COUNTS,
        PaperSettings.DEFAULT.withAccounts(
            policies.keySet().stream().filter(key -> !key.equals(Policies.DEFAULT)).toList()),
        Optional.empty(),
        policies,
        List.of(active(beginMs)),
        beginMs);
  }

  private void putIn(MemoryPipeline pipeline, long nowMs) {
    for (Later each : later) {
      if (atMs(each.minute()) == nowMs) {
        SpecificRecord value =
            each.value().apply(pipeline.rows(each.topic(), SpecificRecord.class).get(each.key()));
        pipeline.put(
            new TopicPartition(
                each.topic().topicName(),
                Accounts.partitionOf(Accounts.accountOf(each.key()), COUNTS.account())),
            nowMs,
            each.key().getBytes(UTF_8),
            bytes(pipeline.serdes(), each.topic(), value),
            new Header[0]);
      }
    }
  }

  private static byte[] bytes(RecordSerdes serdes, Topic topic, SpecificRecord value) {
    Class<? extends SpecificRecord> type = topic.valueType().orElseThrow();
    return bytes(serdes, topic, type, value);
  }

  private static <T extends SpecificRecord> byte[] bytes(
      RecordSerdes serdes, Topic topic, Class<T> type, SpecificRecord value) {
    return serdes.of(type).serializer().serialize(topic.topicName(), type.cast(value));
  }

  private static Control active(long atMs) {
    return Control.newBuilder()
        .setAccount(Accounts.ALL)
        .setTradingState(TradingState.ACTIVE)
        .setReason("test")
        .setSetBy("test")
        .setAtMs(atMs)
        .build();
  }
}
