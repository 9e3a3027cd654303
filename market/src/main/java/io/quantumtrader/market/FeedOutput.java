package io.quantumtrader.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes what a feed plays. Nothing is certain before {@link #flush}, which throws where any record
 * since the last one was refused. While the broker is away nothing is refused: both wait, and what
 * was written goes out once and in its order when it is back. For use by one thread.
 */
public final class FeedOutput implements AutoCloseable {

  private static final Header STANDS_IN =
      new RecordHeader(MarketHeaders.MARK_SOURCE, utf8(MarketHeaders.CANDLE));

  private final Producer<byte[], byte[]> producer;
  private final Serializer<Clock> clockSerializer;
  private final Serializer<Candle> candleSerializer;
  private final Serializer<TradeIntent> intentSerializer;
  private final Serializer<Instrument> instrumentSerializer;
  private final int accountPartitions;
  private final Iterable<Header> clockHeaders;
  private final FeedPatience patience;
  private final Optional<FeedEpoch> epoch;
  private final AtomicReference<FeedException> failure = new AtomicReference<>();
  private long clocks;
  private long candles;
  private long intents;
  private long deadLetters;

  /**
   * Creates the output.
   *
   * @param producer taken over and closed with this
   * @param serdes value serdes
   * @param accountPartitions partitions of the account topics, 1 or more
   */
  public FeedOutput(Producer<byte[], byte[]> producer, RecordSerdes serdes, int accountPartitions) {
    this(producer, serdes, accountPartitions, List.of(), Optional.empty(), line -> {});
  }

  private FeedOutput(
      Producer<byte[], byte[]> producer,
      RecordSerdes plainSerdes,
      int accountPartitions,
      List<Header> clockHeaders,
      Optional<FeedEpoch> epoch,
      Consumer<String> report) {
    this.producer = producer;
    this.patience = new FeedPatience(report, FeedPatience.QUIET);
    RecordSerdes serdes = plainSerdes.waitingWith(patience.registry());
    this.epoch = epoch;
    this.clockHeaders =
        Stream.concat(
                clockHeaders.stream(), epoch.map(FeedEpoch::value).map(ClockEpoch::header).stream())
            .toList();
    this.instrumentSerializer = serdes.of(Instrument.class).serializer();
    this.clockSerializer = serdes.of(Clock.class).serializer();
    this.candleSerializer = serdes.of(Candle.class).serializer();
    this.intentSerializer = serdes.of(TradeIntent.class).serializer();
    this.accountPartitions = accountPartitions;
  }

  /**
   * Connects to a broker, and takes the clock over from every feed before.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param report takes a line when it begins to wait for broker or registry, and when that is over
   */
  public static FeedOutput connect(
      Map<String, Object> client,
      RecordSerdes serdes,
      int accountPartitions,
      Consumer<String> report) {
    return connected(client, serdes, accountPartitions, List.of(), report);
  }

  private static FeedOutput connected(
      Map<String, Object> client,
      RecordSerdes serdes,
      int accountPartitions,
      List<Header> clockHeaders,
      Consumer<String> report) {
    FeedEpoch epoch = FeedEpoch.takeOver(client, WallTime.system()::nowMs);
    return new FeedOutput(
        producer(client), serdes, accountPartitions, clockHeaders, Optional.of(epoch), report);
  }

  /**
   * Connects to a broker, takes the clock over, and says with each step of the clock which market
   * is played.
   *
   * @param market its name, as {@link WrittenMarket} gives it back
   * @param report takes a line when it begins to wait for broker or registry, and when that is over
   */
  public static FeedOutput connect(
      Map<String, Object> client,
      RecordSerdes serdes,
      int accountPartitions,
      String market,
      Consumer<String> report) {
    return connected(
        client,
        serdes,
        accountPartitions,
        List.of(new RecordHeader(MarketHeaders.MARKET, utf8(market))),
        report);
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> client) {
    return new KafkaProducer<>(
        settings(client), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns how the producer is set, whatever patience the client's configuration has. */
  static Map<String, Object> settings(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, "quantum-feed"));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A broker that is away is waited for, by the producer itself: what it was given goes out once
    // and in its order, as nobody else could know what of it had been taken before.
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    // Every step ends with a flush, so this holds nothing back; it only fills the batches.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    return settings;
  }

  /**
   * Writes a step of the clock, one record for each account partition.
   *
   * @param nowMs the step's time, epoch milliseconds UTC
   * @param stepMs nominal distance to the next step, milliseconds above 0
   * @throws FeedFencedException where another feed has taken over
   */
  void clock(long nowMs, long stepMs) {
    epoch.ifPresent(FeedEpoch::requireInForce);
    for (int partition = 0; partition < accountPartitions; partition++) {
      byte[] value =
          clockSerializer.serialize(Topic.CLOCK.topicName(), new Clock(nowMs, stepMs, partition));
      send(
          new ProducerRecord<>(
              Topic.CLOCK.topicName(),
              partition,
              nowMs,
              utf8(Integer.toString(partition)),
              value,
              clockHeaders));
      clocks++;
    }
  }

  /**
   * Writes candles as marks, for the exchange, which has to know what traded before the stages make
   * anything of it; key, value and record time are those of {@link #candles}. They say that they
   * are candles: the stages wait for the candles themselves.
   */
  void marks(List<Candle> closed) {
    closed.forEach(candle -> market(Topic.MARK.topicName(), candle, List.of(STANDS_IN)));
  }

  /**
   * Writes candles as marks that say what their instruments are, so that an exchange that lives on
   * marks knows both or none.
   *
   * @param instruments the instrument of each candle, by symbol
   */
  void marks(List<Candle> closed, Map<String, Instrument> instruments) {
    for (Candle candle : closed) {
      market(Topic.MARK.topicName(), candle, List.of(instrument(candle, instruments), STANDS_IN));
    }
  }

  /**
   * Writes prices of a moment as marks, with their instruments; the stages value positions at them.
   *
   * @param instruments the instrument of each price, by symbol
   */
  void prices(List<Candle> prices, Map<String, Instrument> instruments) {
    for (Candle price : prices) {
      market(Topic.MARK.topicName(), price, List.of(instrument(price, instruments)));
    }
  }

  private Header instrument(Candle price, Map<String, Instrument> instruments) {
    Instrument instrument = instruments.get(price.getSymbol());
    return new RecordHeader(
        MarketHeaders.INSTRUMENT,
        instrumentSerializer.serialize(Topic.INSTRUMENT.topicName(), instrument));
  }

  /** Writes candles; their record time is when they close. Their marks go before them. */
  void candles(List<Candle> closed) {
    closed.forEach(candle -> market(Topic.CANDLE.topicName(), candle, List.of()));
    candles += closed.size();
  }

  private void market(String topic, Candle candle, Iterable<Header> headers) {
    long closeTimeMs = candle.getOpenTimeMs() + candle.getIntervalMs();
    byte[] value = candleSerializer.serialize(topic, candle);
    send(new ProducerRecord<>(topic, null, closeTimeMs, utf8(candle.getSymbol()), value, headers));
  }

  /** Writes an intent; its record time is now, whatever time it says it was made. */
  void intent(TimedIntent timed, long nowMs) {
    String topic = Topic.TRADE_INTENT.topicName();
    TradeIntent intent = timed.intent();
    byte[] value = intentSerializer.serialize(topic, intent);
    send(new ProducerRecord<>(topic, null, nowMs, utf8(intent.getAccount()), value));
    intents++;
  }

  /**
   * Writes a line that is no intent as a dead letter, with the reason in its headers.
   *
   * @param nowMs its record time: the feed's, so that a replay leaves the same letter each time
   */
  void deadLetter(UnreadableIntent line, long nowMs) {
    DeadLetter.Source source =
        new DeadLetter.Source(
            Topic.TRADE_INTENT.topicName(), -1, line.cause().line(), null, line.bytes(), null);
    DeadLetter.Failure failure =
        DeadLetter.Failure.of(
            ReasonCode.VALUE_UNREADABLE, new IllegalArgumentException(line.cause().reason()));
    send(DeadLetter.of(LetterReader.FEED, source, failure, null, nowMs));
    deadLetters++;
  }

  /**
   * Waits until everything written is in the log.
   *
   * @throws FeedException where a record was refused
   */
  void flush() {
    patience.during(producer::flush);
    FeedException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  long clocks() {
    return clocks;
  }

  long candles() {
    return candles;
  }

  long intents() {
    return intents;
  }

  long deadLetters() {
    return deadLetters;
  }

  /** Returns what it waits for, where it has waited for some seconds. */
  Optional<String> trouble() {
    return patience.trouble();
  }

  /** Ends a wait for the registry: the feed ends. */
  void stopWaiting() {
    patience.registry().stop();
  }

  private void send(ProducerRecord<byte[], byte[]> outgoing) {
    patience.during(() -> hand(outgoing));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of the failure.
  private void hand(ProducerRecord<byte[], byte[]> outgoing) {
    producer.send(
        outgoing,
        (taken, refused) -> {
          if (refused != null) {
            failure.compareAndSet(
                null,
                new FeedException(
                    "could not write to " + outgoing.topic() + ": " + refused.getMessage(),
                    refused));
          }
        });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void close() {
    epoch.ifPresent(FeedEpoch::close);
    patience.close();
    producer.close(Duration.ofSeconds(5));
  }
}
