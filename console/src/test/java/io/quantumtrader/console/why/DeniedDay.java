package io.quantumtrader.console.why;

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
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
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
import org.apache.kafka.common.TopicPartition;

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

  private final List<TimedIntent> intents = new ArrayList<>();
  private final Map<String, Policy> policies = new HashMap<>();
  private final CandleFile candles = CandleFile.read(CANDLES);
  private final long beginMs = candles.firstCloseTimeMs();

  private record Appended(TopicPartition partition, LogEntry entry) {}

  private DeniedDay() {
    policies.put(Policies.DEFAULT, Policies.initial(beginMs));
    account("full", "maxPositions=1");
    intend("full", "BTCUSDT", 1, "300", 2);
    intend("full", "ETHUSDT", 3, "300", 2);
    account("exposed", "maxExposure=0.05");
    intend("exposed", "BTCUSDT", 1, "300", 2);
    intend("exposed", "ETHUSDT", 3, "300", 2);
    account("geared", "minMarginRatio=10");
    intend("geared", "BTCUSDT", 1, "300", 2);
    intend("geared", "ETHUSDT", 3, "300", 2);
    account("small", "maxPositions=5");
    intend("small", "ETHUSDT", 1, "2", 2);
    account("busy", "churnMs=0", "entriesPerFiveMinutes=1");
    reopened("busy");
    account("hourly", "churnMs=0", "entriesPerHour=1");
    reopened("hourly");
    account("hasty", "maxPositions=5");
    reopened("hasty");
    account("late", "intentMaxAgeMs=20000");
    send(intent("late", "BTCUSDT", IntentAction.BUY, atMs(1) - 30_000, "300", 2));
    account("listed", "allowedSymbols=BTCUSDT");
    intend("listed", "DOGEUSDT", 1, "300", 2);
    account("wild", "maxPositions=5");
    intend("wild", "BTCUSDT", 1, "300", 126);
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
        .setAmount(margin == null ? null : new BigDecimal(margin).setScale(18))
        .setLeverage(margin == null ? null : Double.valueOf(leverage))
        .setSource("test")
        .setCreatedAtMs(atMs)
        .build();
  }

  private void send(TradeIntent intent) {
    intents.add(new TimedIntent(intents.size() + 1L, intent));
  }

  /** Records it. */
  static Recording recorded(Path directory) throws Exception {
    DeniedDay day = new DeniedDay();
    List<String> accounts =
        day.policies.keySet().stream().filter(key -> !key.equals(Policies.DEFAULT)).toList();
    PipelineSetup setup =
        new PipelineSetup(
            COUNTS,
            PaperSettings.DEFAULT.withAccounts(accounts),
            Optional.empty(),
            day.policies,
            List.of(active(day.beginMs)),
            day.beginMs);
    List<Appended> all = new ArrayList<>();
    try (MemoryPipeline pipeline =
            new MemoryPipeline(
                setup, (partition, entry) -> all.add(new Appended(partition, entry)));
        RecordingWriter writer = new RecordingWriter(directory, COUNTS, "test")) {
      CandleRun.play(
          pipeline,
          day.candles,
          new IntentQueue(day.intents, List.of()),
          new Stop(),
          progress -> {});
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
