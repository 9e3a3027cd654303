package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.time.IntentsLast;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Gives an intent its own time back once its turn has come. Whatever a stage writes to a store goes
 * to the changelog at the time of the record it works on, and a broker takes none of a far future.
 */
final class IntentTime implements FixedKeyProcessor<String, TradeIntent, TradeIntent> {

  private FixedKeyProcessorContext<String, TradeIntent> context;

  @Override
  public void init(FixedKeyProcessorContext<String, TradeIntent> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(FixedKeyRecord<String, TradeIntent> record) {
    context.forward(
        record.withTimestamp(
            IntentsLast.recordTime(Topic.TRADE_INTENT.topicName(), record.timestamp())));
  }
}
