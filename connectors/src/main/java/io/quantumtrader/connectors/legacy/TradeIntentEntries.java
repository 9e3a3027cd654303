package io.quantumtrader.connectors.legacy;

import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.Map;

/** The old stream of intents, in every envelope that was ever sent. */
public final class TradeIntentEntries extends IntentEntries {

  /** For the mapping. */
  public TradeIntentEntries() {}

  @Override
  TradeIntent intent(String id, Map<String, String> fields) {
    return legacy(id, fields);
  }
}
