package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.source.UnreadableEntryException;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An operator's plans on the manual lane, as intents. A plan that says that it is not to be
 * executed is none; a missing {@code reduceOnly} means true, as it did for the old executor.
 */
public final class ManualPlanEntries extends IntentEntries {

  /** For the mapping. */
  public ManualPlanEntries() {}

  @Override
  TradeIntent intent(String id, Map<String, String> fields) {
    String decision =
        fields.getOrDefault("decision", fields.getOrDefault("plan_decision", "EXECUTE"));
    if (!decision.isBlank() && !decision.strip().toUpperCase(Locale.ROOT).equals("EXECUTE")) {
      throw new UnreadableEntryException(
          "NOT_TO_EXECUTE", "the plan's decision is " + decision.strip() + ", not EXECUTE");
    }
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("symbol", required(fields, "symbol"));
    sent.put("action", required(fields, "side"));
    sent.put("qty", required(fields, "qty"));
    sent.put("reduceOnly", fields.getOrDefault("reduceOnly", "true"));
    sent.put("source", fields.getOrDefault("source", "manual"));
    sent.put("reason", fields.getOrDefault("reason", "manual plan"));
    for (String name : new String[] {"leverage", "stop_loss", "take_profit", "account"}) {
      if (fields.containsKey(name)) {
        sent.put(name, fields.get(name));
      }
    }
    // The entry's own time: an operator copies plans, and with them times of long ago.
    // Entries of two streams may have the same id, and an intent id counts once.
    return TradeIntent.newBuilder(legacy(id, sent)).setIntentId("manual-" + id).build();
  }
}
