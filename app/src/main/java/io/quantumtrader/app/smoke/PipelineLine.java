package io.quantumtrader.app.smoke;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.AccountRecords;
import io.quantumtrader.app.control.RecordWatch;
import io.quantumtrader.app.policy.PolicyInForce;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** A running pipeline, by its topics. */
final class PipelineLine implements SmokeLine {

  private static final Duration READING = Duration.ofSeconds(30);

  private final RunningPipeline pipeline;
  private final RecordSerdes serdes;
  private final RecordWatch watch;

  PipelineLine(RunningPipeline pipeline) {
    this.pipeline = pipeline;
    this.serdes = pipeline.serdes();
    this.watch =
        new RecordWatch(
            pipeline.kafka(),
            serdes,
            Set.of(
                Topic.CLOCK,
                Topic.DECISION,
                Topic.APPLY_RESULT,
                Topic.EXCHANGE_ACCOUNT,
                Topic.POSITION_LEDGER,
                Topic.UNIVERSE,
                Topic.INSTRUMENT,
                Topic.MARKET_STATE));
  }

  @Override
  public void readTables(String account, Consumer<SpecificRecord> seen) {
    seen.accept(PolicyInForce.of(pipeline.kafka(), serdes, account));
    TopicReader topics = new TopicReader(pipeline.kafka(), READING);
    read(topics, Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, seen);
    read(topics, Topic.POSITION_LEDGER, PositionLedger.class, seen);
    read(topics, Topic.UNIVERSE, Universe.class, seen);
    read(topics, Topic.INSTRUMENT, Instrument.class, seen);
    read(topics, Topic.MARKET_STATE, MarketState.class, seen);
  }

  private <T extends SpecificRecord> void read(
      TopicReader topics, Topic topic, Class<T> type, Consumer<SpecificRecord> seen) {
    topics.readValues(topic, serdes.of(type).deserializer(), seen::accept);
  }

  @Override
  public void send(TradeIntent intent) {
    AccountRecords.send(
        pipeline.kafka(),
        serdes,
        Topic.TRADE_INTENT,
        intent.getAccount(),
        TradeIntent.class,
        intent,
        intent.getCreatedAtMs());
  }

  @Override
  public boolean await(Predicate<SpecificRecord> isEnough, Duration atMost) {
    return watch.await(isEnough, atMost);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    watch.close();
    serdes.close();
  }
}
