package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.time.IntentsLast;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gives an intent its own time back once its turn has come. Whatever a stage writes to a store goes
 * to the changelog at the time of the record it works on, and a broker takes none of a far future.
 */
final class IntentTime implements Processor<String, TradeIntent, String, Object> {

  private ProcessorContext<String, Object> context;

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, TradeIntent> record) {
    context.forward(
        record.withTimestamp(
            IntentsLast.recordTime(Topic.TRADE_INTENT.topicName(), record.timestamp())));
  }
}
