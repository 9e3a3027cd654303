package io.quantumtrader.schemas.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.EnvelopeJson.Parsed;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import io.quantumtrader.schemas.legacy.IntentReading.Reason;
import io.quantumtrader.schemas.legacy.IntentReading.Refused;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Reads one line of a file of intents: a JSON object in the schema's own spelling (the field names
 * of {@link TradeIntent}) or in the flat legacy spelling that {@link LegacyIntentReader} describes.
 *
 * <p>A line with {@code intentId} or {@code createdAtMs} is in the schema's own spelling; it needs
 * both, a symbol and an action, and may have no other names than the schema's, so that no field is
 * ignored because of a typo. Any other line is legacy; it needs a {@code timestamp}, and its id is
 * {@code intent_id}, {@code id} or else {@code line-<number>}, the same in every run.
 */
public final class IntentLine {

  private static final Set<String> NAMES =
      TradeIntent.getClassSchema().getFields().stream()
          .map(Schema.Field::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> NEEDED = List.of("intentId", "createdAtMs", "symbol", "action");

  private IntentLine() {}

  /**
   * Reads a line.
   *
   * @param json the line
   * @param lineNumber its number in the file, counts from 1
   */
  public static IntentReading read(String json, long lineNumber) {
    String where = "line " + lineNumber;
    Parsed parsed = EnvelopeJson.object(json, where);
    if (parsed.refused() != null) {
      return parsed.refused();
    }
    SentFields fields = new SentFields(parsed.object());
    boolean own = parsed.object().has("intentId") || parsed.object().has("createdAtMs");
    IntentReading reading = own ? own(fields, where) : legacy(fields, lineNumber, where);
    return reading instanceof Accepted accepted ? named(accepted, where) : reading;
  }

  /** A file is corrected where it is written; what came over a topic is denied with its code. */
  private static IntentReading named(Accepted accepted, String where) {
    String symbol = accepted.intent().getSymbol();
    return Symbols.isSymbol(symbol)
        ? accepted
        : new Refused(
            Reason.FIELD_INVALID,
            where + ": symbol '" + symbol + "' is not valid: use " + Symbols.RULE);
  }

  private static IntentReading legacy(SentFields fields, long lineNumber, String where) {
    Optional<String> time = fields.text("timestamp");
    if (time.isEmpty()) {
      return missing(where, "timestamp");
    }
    if (SentTime.read(time.get()).isEmpty()) {
      return invalid(where, "timestamp", time.get());
    }
    String id =
        fields.firstOf("intent_id", "id").flatMap(fields::text).orElse("line-" + lineNumber);
    return LegacyIntentReader.message(id, OptionalLong.empty(), fields, fields);
  }

  private static IntentReading own(SentFields fields, String where) {
    for (String name : fields.names()) {
      if (!NAMES.contains(name)) {
        return new Refused(Reason.FIELD_UNKNOWN, where + ": an intent has no field " + name);
      }
    }
    for (String name : NEEDED) {
      if (!fields.has(name)) {
        return missing(where, name);
      }
    }
    JsonNode created = fields.node("createdAtMs");
    if (!created.isIntegralNumber() || !created.canConvertToLong()) {
      return invalid(where, "createdAtMs", created.asText());
    }
    String account = fields.text("account").orElse(Accounts.MAIN);
    if (!Accounts.isName(account)) {
      return new Refused(
          Reason.ACCOUNT_INVALID, where + ": account is not an account name: " + account);
    }
    JsonNode reduceOnly = fields.node("reduceOnly");
    if (fields.has("reduceOnly") && !reduceOnly.isBoolean()) {
      return invalid(where, "reduceOnly", reduceOnly.asText());
    }
    return new Accepted(build(fields, account, created.asLong()), List.of());
  }

  private static TradeIntent build(SentFields fields, String account, long createdAtMs) {
    SentAction action = SentAction.of(fields.text("action").orElseThrow());
    TradeIntent.Builder intent =
        TradeIntent.newBuilder()
            .setIntentId(fields.text("intentId").orElseThrow())
            .setAccount(account)
            .setSymbol(fields.text("symbol").orElseThrow().toUpperCase(Locale.ROOT))
            .setAction(action.action())
            .setReduceOnly(action.closing() || fields.node("reduceOnly").asBoolean())
            .setSizing(sizing(fields))
            .setAmount(amount(fields))
            .setLeverage(fields.number("leverage"))
            .setPrice(fields.money("price"))
            .setStopLoss(fields.money("stopLoss"))
            .setTakeProfit(fields.money("takeProfit"))
            .setStopLossPct(fields.number("stopLossPct"))
            .setTakeProfitPct(fields.number("takeProfitPct"))
            .setAtr(fields.number("atr"))
            .setVolatilityFactor(fields.number("volatilityFactor"))
            .setConfidence(fields.number("confidence"))
            .setRegime(fields.text("regime").orElse(null))
            .setReason(fields.text("reason").orElse(""))
            .setSource(fields.text("source").orElse(""))
            .setCreatedAtMs(createdAtMs);
    List<String> contradictions = new ArrayList<>();
    fields.node("contradictions").forEach(text -> contradictions.add(text.asText()));
    intent.setContradictions(contradictions);
    List<String> unreadable = new ArrayList<>();
    fields.node("unreadable").forEach(text -> unreadable.add(text.asText()));
    unreadable.addAll(fields.unreadable());
    return intent.setUnreadable(unreadable).build();
  }

  private static BigDecimal amount(SentFields fields) {
    return sizing(fields) == Sizing.QUANTITY ? fields.quantity("amount") : fields.money("amount");
  }

  /** No name is no size; an unknown name is one that this version does not know. */
  private static Sizing sizing(SentFields fields) {
    Optional<String> name = fields.text("sizing");
    if (name.isEmpty()) {
      return Sizing.NONE;
    }
    for (Sizing sizing : Sizing.values()) {
      if (sizing.name().equals(name.get())) {
        return sizing;
      }
    }
    return Sizing.UNRECOGNIZED;
  }

  private static Refused missing(String where, String name) {
    return new Refused(Reason.FIELD_MISSING, where + ": " + name + " is missing");
  }

  private static Refused invalid(String where, String name, String text) {
    return new Refused(Reason.FIELD_INVALID, where + ": " + name + " cannot be read: " + text);
  }
}
