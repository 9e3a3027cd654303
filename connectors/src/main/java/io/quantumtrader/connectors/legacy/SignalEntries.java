package io.quantumtrader.connectors.legacy;

import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.Map;

/**
 * Signals of models, as intents without a size of their own: the governor sizes them by the
 * policy's risk per trade. They may come in each envelope that intents come in.
 */
public class SignalEntries extends IntentEntries {

  private final String kind;

  /** For the mapping. */
  public SignalEntries() {
    this("signal");
  }

  /**
   * Reads another stream of signals.
   *
   * @param kind what ids of its intents begin with, and their source where it names none
   */
  SignalEntries(String kind) {
    this.kind = kind;
  }

  @Override
  TradeIntent intent(String id, Map<String, String> fields) {
    TradeIntent signal = legacy(id, fields);
    // Entries of two streams may have the same id, and an intent id counts once.
    return TradeIntent.newBuilder(signal)
        .setIntentId(kind + "-" + id)
        .setSource(signal.getSource().isEmpty() ? kind : signal.getSource())
        .build();
  }
}
