package io.quantumtrader.connectors.legacy;

import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.Map;

/**
 * Signals of models, as intents without a size of their own: the governor sizes them by the
 * policy's risk per trade. They may come in each envelope that intents come in.
 */
public final class SignalEntries extends IntentEntries {

  private static final String KIND = "signal";

  /** For the mapping. */
  public SignalEntries() {}

  @Override
  TradeIntent intent(String id, Map<String, String> fields) {
    TradeIntent signal = legacy(id, fields);
    // Entries of two streams may have the same id, and an intent id counts once.
    return TradeIntent.newBuilder(signal)
        .setIntentId(KIND + "-" + id)
        .setSource(signal.getSource().isEmpty() ? KIND : signal.getSource())
        .build();
  }
}
