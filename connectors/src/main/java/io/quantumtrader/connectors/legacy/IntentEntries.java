package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.source.EntryReader;
import io.quantumtrader.connectors.redis.source.Output;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.connectors.redis.source.UnreadableEntryException;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.IntentReading;
import io.quantumtrader.schemas.legacy.LegacyIntentReader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;

/** Entries that become intents, keyed by account. */
abstract class IntentEntries implements EntryReader {

  private final UnknownFields unknownFields = new UnknownFields();
  private AvroBytes bytes;

  @Override
  public void configure(String topic, Map<String, String> settings) {
    bytes = new AvroBytes(topic, settings);
  }

  @Override
  public void register(PluginMetrics metrics, String stream) {
    unknownFields.register(metrics, stream);
  }

  @Override
  public List<Output> read(StreamEntry entry) {
    TradeIntent intent = intent(entry.id().toString(), entry.text());
    return List.of(bytes.output(intent.getAccount(), intent));
  }

  @Override
  public void close() {
    if (bytes != null) {
      bytes.close();
    }
  }

  /**
   * Reads an intent.
   *
   * @throws UnreadableEntryException if there is none in it
   */
  abstract TradeIntent intent(String id, Map<String, String> fields);

  /** Reads fields as the old stream of intents has them, and reports names that nobody knows. */
  final TradeIntent legacy(String id, Map<String, String> fields) {
    IntentReading reading = LegacyIntentReader.read(id, fields);
    if (reading instanceof IntentReading.Accepted accepted) {
      unknownFields.report(accepted.intent().getSource(), accepted.unknown());
      return accepted.intent();
    }
    IntentReading.Refused refused = (IntentReading.Refused) reading;
    throw new UnreadableEntryException(refused.reason().name(), refused.text());
  }

  /** Returns a field that has to be there. */
  static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isBlank()) {
      throw new UnreadableEntryException("FIELD_MISSING", name + " is missing");
    }
    return value.strip();
  }
}
