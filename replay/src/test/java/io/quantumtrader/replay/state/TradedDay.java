package io.quantumtrader.replay.state;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.FeedProgress;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.GeneratedSymbol;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedTopics;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.schemas.avro.Control;
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
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Some hours of a generated market with two accounts on two partitions: intents to open and to
 * close, the agent's own, orders that take half a minute to the market, funding, a change of the
 * policy, and a halt. What is asked for and when follows from a seed.
 */
final class TradedDay {

  /** Steps of a minute. */
  static final int MINUTES = 400;

  /** The step before which nothing is traded. */
  static final int FIRST = 300;

  /** Unstable closes are held back, and nearly every one is unstable. */
  private static final List<String> AT_FIRST =
      List.of(
          "closePolicy=hold_when_unstable",
          "killThreshold=0.2",
          "heatWarm=0.0001",
          "heatHot=0.0002",
          "maxPositions=4",
          "churnMs=60000");

  private static final List<String> LATER = List.of("maxPositions=6", "killThreshold=0.4");

  private TradedDay() {}

  /** Returns the time of a step, epoch milliseconds UTC. */
  static long at(int minute) {
    return Candles.BEGIN_MS + minute * Candles.MINUTE;
  }

  static PaperSettings paper() {
    return PaperSettings.DEFAULT
        .withAccounts(List.of("main", TwoAccounts.OTHER))
        .withFundingRate(new BigDecimal("0.0001"))
        .withLatencyMs(30_000);
  }

  /** Returns what the day begins with. */
  static PipelineSetup setup() {
    PipelineSetup given = TwoAccounts.setup(AT_FIRST);
    return new PipelineSetup(
        given.counts(),
        paper(),
        given.agent(),
        given.policies(),
        given.controls(),
        given.beginMs());
  }

  /** Returns the candles of a seed. */
  static CandleFile candles(Path directory, long seed) throws Exception {
    return Candles.generated(directory, seed, MINUTES);
  }

  /** Returns the intents of a seed: entries and closes of both accounts. */
  static IntentQueue intents(long seed) {
    Random random = new Random(seed);
    List<TimedIntent> intents = new ArrayList<>();
    List<GeneratedSymbol> symbols = GeneratedMarketSettings.withSeed(seed).symbols();
    for (int minute = FIRST; minute < MINUTES - 5; minute += 1 + random.nextInt(4)) {
      String symbol = symbols.get(random.nextInt(symbols.size())).symbol();
      String account = random.nextBoolean() ? "main" : TwoAccounts.OTHER;
      boolean close = random.nextInt(3) == 0;
      intents.add(
          new TimedIntent(
              intents.size() + 1L,
              TradeIntent.newBuilder()
                  .setIntentId("i" + intents.size())
                  .setAccount(account)
                  .setSymbol(symbol)
                  .setAction(
                      close
                          ? IntentAction.CLOSE
                          : random.nextBoolean() ? IntentAction.OPEN_LONG : IntentAction.OPEN_SHORT)
                  .setReduceOnly(close)
                  .setSizing(close ? Sizing.NONE : Sizing.MARGIN)
                  .setAmount(close ? null : new BigDecimal("300"))
                  .setLeverage(close ? null : 2.0)
                  .setSource("test")
                  .setCreatedAtMs(at(minute) - random.nextInt(60_000))
                  .build()));
    }
    return new IntentQueue(intents, List.of());
  }

  /** Records the day of a seed. */
  static Recording record(Path directory, long seed) throws Exception {
    List<Appended> all = new ArrayList<>();
    Path where = directory.resolve("recording-" + seed);
    PipelineSetup setup = setup();
    try (MemoryPipeline pipeline =
            new MemoryPipeline(setup, (of, entry) -> all.add(new Appended(of, entry)));
        RecordingWriter writer = new RecordingWriter(where, setup.counts(), "test")) {
      CandleRun.play(
          pipeline,
          candles(directory, seed),
          intents(seed),
          new Stop(),
          progress -> operate(pipeline, progress, seed));
      RecordedTopics topics =
          new RecordedTopics(pipeline.serdes(), Long.MIN_VALUE, Long.MAX_VALUE, any -> {});
      for (Appended each : all) {
        Topic.named(each.of().topic())
            .ifPresent(topic -> topics.take(topic, each.entry().recordOf(each.of()), writer));
      }
      Manifest unused = writer.finish();
    }
    return Recording.open(where);
  }

  private record Appended(TopicPartition of, LogEntry entry) {}

  /**
   * Changes the policy in the middle, and halts one account for a while after it. Before that
   * somebody writes a trading state that nobody can read: the one before stays in force.
   */
  private static void operate(MemoryPipeline pipeline, FeedProgress progress, long seed) {
    int change = FIRST + 40 + (int) (seed % 10);
    if (progress.nowMs() == at(10)) {
      put(pipeline, Topic.CONTROL, Accounts.ALL, new byte[] {1, 2}, progress.nowMs() + 1);
    }
    if (progress.nowMs() == at(change)) {
      Policy next =
          Policy.newBuilder(
                  PolicyChange.of(LATER).on(setup().policies().get(Policies.DEFAULT)).policy())
              .setVersion(2)
              .setCreatedAtMs(at(change) + 1)
              .build();
      put(pipeline, Topic.POLICY, Policies.DEFAULT, next, at(change) + 1);
    }
    if (progress.nowMs() == at(change + 10)) {
      put(pipeline, Topic.CONTROL, "main", control(TradingState.HALTED, progress.nowMs() + 1));
    }
    if (progress.nowMs() == at(change + 20)) {
      put(pipeline, Topic.CONTROL, "main", control(TradingState.ACTIVE, progress.nowMs() + 1));
    }
  }

  private static Control control(TradingState state, long atMs) {
    return Control.newBuilder()
        .setAccount(Accounts.MAIN)
        .setTradingState(state)
        .setReason("test")
        .setSetBy("test")
        .setAtMs(atMs)
        .build();
  }

  private static void put(MemoryPipeline pipeline, Topic topic, String key, Control row) {
    RecordSerdes serdes = pipeline.serdes();
    byte[] value = serdes.of(Control.class).serializer().serialize(topic.topicName(), row);
    put(pipeline, topic, key, value, row.getAtMs());
  }

  private static void put(MemoryPipeline pipeline, Topic topic, String key, Policy row, long atMs) {
    RecordSerdes serdes = pipeline.serdes();
    byte[] value = serdes.of(Policy.class).serializer().serialize(topic.topicName(), row);
    put(pipeline, topic, key, value, atMs);
  }

  private static void put(
      MemoryPipeline pipeline, Topic topic, String key, byte[] value, long atMs) {
    pipeline.put(
        new TopicPartition(topic.topicName(), 0),
        atMs,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        new Header[0]);
  }
}
