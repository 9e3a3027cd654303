package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.source.UnreadableEntryException;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Closes that agents ask for. {@code percentage} is a fraction: from 1 on, or absent, it is all of
 * the position. Less than all needs a {@code quantity}.
 */
public final class HarvestIntentEntries extends IntentEntries {

  /** For the mapping. */
  public HarvestIntentEntries() {}

  @Override
  TradeIntent intent(String id, Map<String, String> fields) {
    String action = required(fields, "action").toUpperCase(Locale.ROOT);
    if (!action.equals("CLOSE") && !action.equals("PARTIAL_CLOSE")) {
      throw new UnreadableEntryException("ACTION_UNKNOWN", action + " closes nothing");
    }
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("symbol", required(fields, "symbol"));
    sent.put("action", "CLOSE");
    sent.put("reduceOnly", "true");
    sent.put("source", fields.getOrDefault("source", "autonomous_trader"));
    for (String name : new String[] {"reason", "confidence", "timestamp", "account"}) {
      if (fields.containsKey(name)) {
        sent.put(name, fields.get(name));
      }
    }
    if (!sent.containsKey("timestamp") && fields.containsKey("ts_epoch")) {
      sent.put("timestamp", fields.get("ts_epoch"));
    }
    if (isPart(action, fields.get("percentage"))) {
      String quantity = fields.get("quantity");
      if (quantity == null || quantity.isBlank()) {
        throw new UnreadableEntryException(
            "FRACTION_WITHOUT_QUANTITY",
            "a close of a part needs a quantity; percentage is " + fields.get("percentage"));
      }
      sent.put("quantity", quantity);
    }
    // Entries of two streams may have the same id, and an intent id counts once.
    return TradeIntent.newBuilder(legacy(id, sent)).setIntentId("harvest-" + id).build();
  }

  private static boolean isPart(String action, String percentage) {
    if (percentage == null || percentage.isBlank()) {
      return action.equals("PARTIAL_CLOSE");
    }
    try {
      BigDecimal fraction = new BigDecimal(percentage.strip());
      if (fraction.signum() <= 0) {
        throw new NumberFormatException("not above 0");
      }
      return fraction.compareTo(BigDecimal.ONE) < 0;
    } catch (NumberFormatException wrong) {
      throw new UnreadableEntryException(
          "FIELD_INVALID", "percentage is not a fraction above 0: " + percentage);
    }
  }
}
