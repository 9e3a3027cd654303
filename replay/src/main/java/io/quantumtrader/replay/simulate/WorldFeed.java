package io.quantumtrader.replay.simulate;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Writes clock, marks and candles of a simulated world, and tells its exchange what is traded. */
final class WorldFeed {

  private static final long EPOCH = 5;
  private static final Header STANDS_IN =
      new RecordHeader(
          MarketHeaders.MARK_SOURCE, MarketHeaders.CANDLE.getBytes(StandardCharsets.UTF_8));
  private static final Header[] NO_HEADERS = {};

  private final World world;
  private final WorldTopics topics;
  private final SimulatedMarket market;
  private final long stepMs;
  private final Map<Integer, Long> clockHeldUntilMs = new HashMap<>();
  private final Listings listings;

  /**
   * Creates it.
   *
   * @param stepMs distance of the clock's steps, milliseconds
   */
  WorldFeed(World world, WorldTopics topics, SimulatedMarket market, long stepMs) {
    this.world = world;
    this.topics = topics;
    this.market = market;
    this.stepMs = stepMs;
    this.listings = new Listings(market);
  }

  /** Returns whether the clock of no partition is held back. */
  boolean isWhole() {
    return clockHeldUntilMs.values().stream().allMatch(until -> until <= world.nowMs());
  }

  /** Returns whether the exchange takes orders in a symbol, as it is listed now. */
  boolean trades(String symbol) {
    return listings
        .of(symbol)
        .filter(listed -> listed.getStatus() == InstrumentStatus.TRADING)
        .isPresent();
  }

  /** Lets the clocks of all partitions go on. */
  void calm() {
    clockHeldUntilMs.clear();
  }

  /** Writes a step of the clock to the partitions that have it. */
  void clock(long nowMs) {
    for (int partition = 0; partition < World.COUNTS.account(); partition++) {
      if (nowMs >= clockHeldUntilMs.getOrDefault(partition, 0L)) {
        clock(partition, nowMs, EPOCH);
      }
    }
  }

  private void clock(int partition, long nowMs, long epoch) {
    topics.put(
        Topic.CLOCK,
        partition,
        Clock.class,
        Integer.toString(partition),
        new Clock(nowMs, stepMs, partition),
        Math.min(nowMs, world.nowMs()),
        ClockEpoch.header(epoch));
  }

  /**
   * Writes what is traded. To the paper exchange a mark says what its instrument is, wherever a
   * candle of the world's interval closes; another exchange knows that by itself.
   *
   * @param standIn whether these are the candles that the stages get; others are prices to them
   */
  void marks(List<Candle> candles, boolean standIn) {
    for (Candle candle : candles) {
      world.remote().ifPresent(exchange -> exchange.trade(candle));
      List<Header> headers = new ArrayList<>(2);
      if (standIn) {
        headers.add(STANDS_IN);
      }
      if (world.remote().isEmpty() && market.closes(candle)) {
        listings.of(candle.getSymbol()).map(this::header).ifPresent(headers::add);
      }
      market(Topic.MARK, candle, headers.toArray(NO_HEADERS));
    }
  }

  private Header header(Instrument listed) {
    return new RecordHeader(
        MarketHeaders.INSTRUMENT, topics.value(Topic.INSTRUMENT, Instrument.class, listed));
  }

  /** Writes candles for the stages. */
  void candles(List<Candle> candles) {
    candles.forEach(candle -> market(Topic.CANDLE, candle));
  }

  private void market(Topic topic, Candle candle, Header... headers) {
    topics.put(
        topic,
        topics.partition(topic, candle.getSymbol()),
        Candle.class,
        candle.getSymbol(),
        candle,
        candle.getOpenTimeMs() + candle.getIntervalMs(),
        headers);
  }

  /** Lets the clock of a partition stand, or writes a step that is not to be believed. */
  void disturb(SplittableRandom random, long nowMs) {
    int partition = random.nextInt(World.COUNTS.account());
    switch (random.nextInt(4)) {
      case 0 -> clock(partition, nowMs - Happenings.minutes(random, 5), EPOCH);
      case 1 -> clock(partition, nowMs + 3_600_000, EPOCH);
      case 2 -> clock(partition, nowMs, EPOCH - 1);
      default -> clockHeldUntilMs.put(partition, nowMs + Happenings.minutes(random, 4));
    }
  }

  /** Lists all symbols at the exchange, once they have prices. */
  void list(SplittableRandom random, long nowMs) {
    listings.begin(random, nowMs).forEach(this::tell);
  }

  /** Lets the exchange list a symbol otherwise, or one that nobody has prices of. */
  void listOtherwise(SplittableRandom random, long nowMs) {
    tell(listings.changed(random, nowMs));
  }

  /** The paper exchange hears of it with the next candle, from the topic that it lives on. */
  private void tell(Instrument listed) {
    world.remote().ifPresent(exchange -> exchange.truth().list(listed));
  }
}
