package io.quantumtrader.topology.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.decision.entry.IntentPlace;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Brings an intent that lies in another partition than its account's there, by writing it to the
 * topic again within the task's transaction, with its time and its headers; all others go on to the
 * bridge. One that was brought once and still lies wrong is left to the bridge, which refuses it:
 * an intent never circles.
 */
final class IntentPlaceProcessor implements Processor<String, TradeIntent, String, Object> {

  /** With the value's own bound this stays well below what a producer takes, a mebibyte. */
  static final int MAX_HEADER_BYTES = 128 * 1024;

  private final int partitions;
  private ProcessorContext<String, Object> context;

  /**
   * Creates the processor.
   *
   * @param partitions partitions of the account topics
   */
  IntentPlaceProcessor(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, TradeIntent> record) {
    TradeIntent intent = record.value();
    String account =
        intent == null ? null : IntentPlace.account(record.key(), intent.getAccount()).orElse(null);
    if (account == null) {
      context.forward(record, Names.BRIDGE); // which says what is wrong with it
      return;
    }
    // Most have their account's key, and nothing is made anew for them.
    Record<String, TradeIntent> keyed =
        account.equals(record.key()) ? record : record.withKey(account);
    RecordMetadata lies = context.recordMetadata().orElseThrow();
    boolean home = Accounts.partitionOf(account, partitions) == lies.partition();
    if (home || record.headers().lastHeader(IntentHeaders.MOVED_FROM) != null) {
      context.forward(keyed, Names.BRIDGE);
    } else {
      context.forward(moved(keyed, lies), Names.MOVED_INTENT_SINK);
    }
  }

  /**
   * Returns the intent as it is written again.
   *
   * @throws DecisionFailedException where no record could carry it
   */
  private static Record<String, TradeIntent> moved(
      Record<String, TradeIntent> record, RecordMetadata lies) {
    Deciding.checkBounds(record.value());
    Headers headers = new RecordHeaders();
    long bytes = 0;
    for (Header header : record.headers()) {
      bytes += header.key().length() * 3L + (header.value() == null ? 0 : header.value().length);
      headers.add(header);
    }
    if (bytes > MAX_HEADER_BYTES) {
      throw new DecisionFailedException(
          ReasonCode.VALUE_OUT_OF_BOUNDS, "the headers are too large to be written again");
    }
    headers.add(IntentHeaders.MOVED_FROM, (lies.partition() + "@" + lies.offset()).getBytes(UTF_8));
    return record.withHeaders(headers);
  }
}
