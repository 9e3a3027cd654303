package io.quantumtrader.connectors.legacy;

import io.quantumtrader.connectors.redis.source.UnreadableEntryException;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Closes that agents ask for. {@code percentage} is a fraction: from 1 on, or absent, it is all of
 * the position. For less than all a {@code quantity} counts before the fraction; PARTIAL_CLOSE_25
 * and the like do what they say.
 */
public final class HarvestIntentEntries extends IntentEntries {

  /** For the mapping. */
  public HarvestIntentEntries() {}

  @Override
  TradeIntent intent(String id, Map<String, String> fields) {
    String action = required(fields, "action").toUpperCase(Locale.ROOT);
    if (!closes(action)) {
      throw new UnreadableEntryException("ACTION_UNKNOWN", action + " closes nothing");
    }
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("symbol", required(fields, "symbol"));
    sent.put("action", action);
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
      putPart(fields, sent);
    }
    // Entries of two streams may have the same id, and an intent id counts once.
    return TradeIntent.newBuilder(legacy(id, sent)).setIntentId("harvest-" + id).build();
  }

  private static boolean closes(String action) {
    return action.equals("CLOSE")
        || action.equals("FULL_CLOSE")
        || action.equals("PARTIAL_CLOSE")
        || action.matches("PARTIAL_CLOSE_([1-9][0-9]?|100)");
  }

  private static void putPart(Map<String, String> fields, Map<String, String> sent) {
    for (String name : new String[] {"quantity", "percentage"}) {
      String value = fields.get(name);
      if (value != null && !value.isBlank()) {
        sent.put(name, value);
        return;
      }
    }
    throw new UnreadableEntryException(
        "SIZE_MISSING", "a close of a part needs a percentage, which is a fraction, or a quantity");
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
