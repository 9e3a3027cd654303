package io.quantumtrader.app.smoke;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.AccountRecords;
import io.quantumtrader.app.control.RecordWatch;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradeIntent;
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
                Topic.POSITION_LEDGER));
  }

  @Override
  public void readTables(Consumer<SpecificRecord> seen) {
    TopicReader topics = new TopicReader(pipeline.kafka(), READING);
    topics.readValues(
        Topic.EXCHANGE_ACCOUNT, serdes.of(ExchangeAccount.class).deserializer(), seen::accept);
    topics.readValues(
        Topic.POSITION_LEDGER, serdes.of(PositionLedger.class).deserializer(), seen::accept);
  }

  @Override
  public void send(TradeIntent intent) {
    AccountRecords.send(
        pipeline,
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
