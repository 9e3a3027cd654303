package io.quantumtrader.replay.incident;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.IntentReading;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import io.quantumtrader.schemas.legacy.LegacyIntentReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry of the old stream {@code quantum:stream:trade.intent}, field by field as it was sent.
 *
 * @param atMs when it was sent, epoch milliseconds UTC
 * @param sequence counts the entries of an input, from 0
 * @param fields its fields, in their order
 */
public record SentIntent(long atMs, int sequence, Map<String, String> fields) {

  public SentIntent {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Returns an entry whose fields are given as name, value, name, value. */
  static SentIntent flat(long atMs, int sequence, String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new SentIntent(atMs, sequence, fields);
  }

  /** Returns an entry that wraps its message as JSON in the field {@code payload}. */
  static SentIntent wrapped(long atMs, int sequence, String payload) {
    return new SentIntent(atMs, sequence, Map.of("payload", payload));
  }

  /** Returns its id in the stream. */
  public String streamId() {
    return atMs + "-" + sequence;
  }

  /** Returns what the reader of today makes of it. */
  public TradeIntent read() {
    IntentReading reading = LegacyIntentReader.read(streamId(), fields);
    if (reading instanceof Accepted accepted) {
      return accepted.intent();
    }
    throw new IllegalStateException("an incident sends what can be read: " + fields);
  }
}
