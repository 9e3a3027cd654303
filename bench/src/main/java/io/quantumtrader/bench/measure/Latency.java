package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.run.Activity;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.Pipeline;
import io.quantumtrader.bench.run.Sample;
import io.quantumtrader.connectors.legacy.LegacyContract;
import io.quantumtrader.connectors.legacy.SinkSettings;
import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** (f) From the intent to the plan, for a reader of Kafka and for one of Redis. */
public final class Latency implements Measurement {

  private static final List<Integer> RATES = List.of(200, 1000);
  private static final Duration ARRIVE_WITHIN = Duration.ofMinutes(2);
  private static final Duration SINK_STARTS_WITHIN = Duration.ofMinutes(1);
  private static final int DIGITS = 3;

  /** Creates it. */
  public Latency() {}

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String covers() {
    return "f";
  }

  @Override
  public String explanation() {
    return """
        Intents that are accepted, of 100 accounts at a time, sent at a fixed rate of 200 and of \
        1000 a second for 10 s each, in turn. A latency counts from the moment at which the intent \
        was due to be sent, so that a stall counts for all that it held up (coordinated omission). \
        It ends for *Kafka* when a reader of committed records has the plan, and for *Redis* when \
        Redis announces that the plan's permit was set, by the Redis sink in the embedded Connect. \
        Broker, Connect, pipeline, sender and reader share the machine. A round's value is its \
        percentile.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("starting");
    long nowMs = System.currentTimeMillis() - Sample.MINUTE_MS;
    try (BenchStack stack = BenchStack.start(true, nowMs)) {
      EntryLoad load = new EntryLoad(stack, nowMs);
      load.tables();
      try (Pipeline pipeline = Pipeline.start(stack, "bench-latency")) {
        startSink(stack);
        return measure(effort, progress, stack, load, Activity.of(stack, pipeline));
      }
    }
  }

  private static void startSink(BenchStack stack) {
    SinkSettings sink =
        SinkSettings.of(stack.redisUri(), stack.registryUrl())
            .withExpiryReference(ExpiryReference.RECORD);
    stack.connect().put(LegacyContract.CONNECTOR_NAME, LegacyContract.sinkConfiguration(sink));
    stack.connect().awaitRunning(LegacyContract.CONNECTOR_NAME, SINK_STARTS_WITHIN);
  }

  private static List<Figure> measure(
      Effort effort,
      Consumer<String> progress,
      BenchStack stack,
      EntryLoad load,
      Activity activity) {
    Series series = new Series();
    try (Arrivals arrivals = new Arrivals(stack)) {
      for (int round = -effort.warmUp(); round < effort.rounds(); round++) {
        for (int rate : inTurn(round)) {
          progress.accept(
              (round < 0 ? "warm-up" : "round " + (round + 1) + " of " + effort.rounds())
                  + ", "
                  + rate
                  + "/s");
          String set = "l" + (round + effort.warmUp()) + "-" + rate;
          play(set, new Schedule(rate, effort.size(10, 1)), stack, load, activity, arrivals)
              .addTo(round < 0 ? new Series() : series, rate);
        }
      }
    }
    return series.figures();
  }

  private static List<Integer> inTurn(int round) {
    return Math.floorMod(round, 2) == 0 ? RATES : RATES.reversed();
  }

  private record Seen(Histogram kafka, Histogram redis) {

    void addTo(Series series, int rate) {
      add(series, rate, "kafka", "Kafka", kafka);
      add(series, rate, "redis", "Redis", redis);
    }

    private static void add(Series series, int rate, String id, String title, Histogram histogram) {
      for (int percentile : new int[] {50, 99}) {
        series.add(
            "latency." + rate + "." + id + ".p" + percentile,
            rate + "/s to " + title + ", p" + percentile,
            "ms",
            histogram.getValueAtPercentile(percentile) / 1e6);
      }
      series.add(
          "latency." + rate + "." + id + ".max",
          rate + "/s to " + title + ", longest",
          "ms",
          histogram.getMaxValue() / 1e6);
    }
  }

  private static Seen play(
      String set,
      Schedule schedule,
      BenchStack stack,
      EntryLoad load,
      Activity activity,
      Arrivals arrivals) {
    // One set of accounts after the other: each has room for so many entries.
    int sets = (schedule.count() + EntryLoad.PER_SET - 1) / EntryLoad.PER_SET;
    load.wallets(IntStream.range(0, sets).mapToObj(i -> set + "-" + i).toList());
    activity.awaitQuiet();
    load.clock();
    activity.awaitQuiet();
    List<TradeIntent> intents =
        IntStream.range(0, schedule.count())
            .mapToObj(
                i -> load.intent(set + "-" + i / EntryLoad.PER_SET, i % EntryLoad.PER_SET, true))
            .toList();
    arrivals.clear();
    schedule.send(
        i -> {
          TradeIntent intent = intents.get(i);
          stack.send(Topic.TRADE_INTENT, intent.getAccount(), intent, load.nowMs());
        });
    arrivals.await(intents.size(), ARRIVE_WITHIN);
    return new Seen(
        histogram(schedule, intents, arrivals::readNanos),
        histogram(schedule, intents, arrivals::writtenNanos));
  }

  private static Histogram histogram(
      Schedule schedule, List<TradeIntent> intents, ToLongFunction<String> seenNanos) {
    Histogram histogram = new Histogram(DIGITS);
    for (int i = 0; i < intents.size(); i++) {
      histogram.recordValue(
          seenNanos.applyAsLong(intents.get(i).getIntentId()) - schedule.dueNanos(i));
    }
    return histogram;
  }
}
