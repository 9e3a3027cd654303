package io.quantumtrader.schemas.legacy;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.EnvelopeJson.Parsed;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import io.quantumtrader.schemas.legacy.IntentReading.Reason;
import io.quantumtrader.schemas.legacy.IntentReading.Refused;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads intents as they lie on the old stream {@code quantum:stream:trade.intent}, in every
 * envelope and spelling that was ever sent, and never throws for bad input.
 *
 * <p><b>Envelope.</b> A field {@code payload} holds the message as JSON and is used alone; else a
 * field {@code data} does; else the fields are the message. The fields around a wrapped message
 * replace only its time and source.
 *
 * <p><b>Action.</b> {@code action}, else {@code side}: BUY, SELL, LONG, SHORT, OPEN_LONG,
 * OPEN_SHORT, CLOSE, CLOSE_LONG, CLOSE_SHORT, HOLD in any case; anything else is UNRECOGNIZED.
 *
 * <p><b>Size</b>, kept in the sender's unit; the first that is there: {@code quantity} or {@code
 * qty} are base units; {@code position_usd} is margin, which the leverage multiplies; {@code size}
 * with {@code price}, and {@code position_size_usd}, are notional, which it does not. The second
 * generation of the autonomous trader ({@code intent_type} AUTONOMOUS_ENTRY, {@code
 * position_size_usd}, no {@code entry_price}) means margin, and percents by {@code stop_loss} and
 * {@code take_profit}.
 *
 * <p><b>Time.</b> {@code timestamp} of the message wins, then {@code timestamp} of the envelope,
 * then the time in the stream id. One that was sent and cannot be read makes the intent unreadable
 * rather than fresh.
 *
 * <p><b>Numbers</b> that were sent and are not finite decimals within the schema's range go to
 * {@code unreadable}, and the intent is denied. A zero ATR, volatility factor, or stop or target
 * beside a percent counts as not sent, as it did for the old reader.
 */
public final class LegacyIntentReader {

  private LegacyIntentReader() {}

  /**
   * Reads one entry of the stream.
   *
   * @param streamId id of the entry, {@code milliseconds-sequence}; becomes the intent id
   * @param fields its fields
   */
  public static IntentReading read(String streamId, Map<String, String> fields) {
    if (streamId == null || streamId.isBlank()) {
      return new Refused(Reason.ID_MISSING, "the entry has no stream id");
    }
    OptionalLong idTime = SentTime.ofStreamId(streamId);
    SentFields envelope = SentFields.flat(fields);
    for (String wrapper : new String[] {"payload", "data"}) {
      if (fields.containsKey(wrapper)) {
        Parsed inner = EnvelopeJson.object(String.valueOf(fields.get(wrapper)), wrapper);
        return inner.refused() != null
            ? inner.refused()
            : message(streamId, idTime, envelope, new SentFields(inner.object()));
      }
    }
    return message(streamId, idTime, envelope, envelope);
  }

  /** Reads a message that has been taken out of its envelope. */
  static IntentReading message(
      String id, OptionalLong idTime, SentFields envelope, SentFields message) {
    String account = message.text("account").orElse(Accounts.MAIN);
    if (!Accounts.isName(account)) {
      return new Refused(Reason.ACCOUNT_INVALID, "account is not an account name: " + account);
    }
    OptionalLong created = createdAt(idTime, envelope, message);
    if (created.isEmpty()) {
      return new Refused(Reason.FIELD_MISSING, "timestamp is missing");
    }
    TradeIntent.Builder intent =
        TradeIntent.newBuilder()
            .setIntentId(id)
            .setAccount(account)
            .setSymbol(message.text("symbol").orElse("").toUpperCase(Locale.ROOT))
            .setConfidence(message.number("confidence"))
            .setRegime(message.text("regime").orElse(null))
            .setReason(message.text("reason").orElse(""))
            .setSource(message.text("source").or(() -> envelope.text("source")).orElse(""))
            .setCreatedAtMs(created.getAsLong());
    readAction(message, intent);
    LegacySizing sizing = LegacySizing.of(message);
    readSize(message, sizing, intent);
    readTargets(message, sizing, intent);
    return new Accepted(intent.setUnreadable(message.unreadable()).build());
  }

  private static OptionalLong createdAt(
      OptionalLong idTime, SentFields envelope, SentFields message) {
    for (SentFields fields : new SentFields[] {message, envelope}) {
      Optional<String> text = fields.text("timestamp");
      if (text.isEmpty()) {
        continue;
      }
      OptionalLong time = SentTime.read(text.get());
      if (time.isPresent()) {
        return time;
      }
      message.report("timestamp", text.get());
      return idTime.isPresent() ? idTime : OptionalLong.of(0);
    }
    return idTime;
  }

  private static void readAction(SentFields message, TradeIntent.Builder intent) {
    SentAction action =
        SentAction.of(message.text("action").or(() -> message.text("side")).orElse(""));
    intent
        .setAction(action.action())
        .setReduceOnly(
            action.closing() || message.isTrue("reduceOnly") || message.isTrue("reduce_only"));
  }

  private static void readSize(
      SentFields message, LegacySizing sizing, TradeIntent.Builder intent) {
    intent.setSizing(sizing.sizing()).setLeverage(message.number("leverage"));
    if (sizing.amountField() != null) {
      intent.setAmount(message.decimal(sizing.amountField()));
    }
    if (sizing.priceField() != null) {
      intent.setPrice(message.decimal(sizing.priceField()));
      return;
    }
    // A price that the size does not rest on only counts where it is one.
    Optional<String> price = message.firstOf("price", "entry_price");
    intent.setPrice(price.map(message::decimal).filter(value -> value.signum() != 0).orElse(null));
  }

  private static void readTargets(
      SentFields message, LegacySizing sizing, TradeIntent.Builder intent) {
    if (sizing.percentTargets()) {
      intent
          .setStopLossPct(message.number("stop_loss"))
          .setTakeProfitPct(message.number("take_profit"));
    } else {
      Double stopPct = firstNumber(message, "sl_pct", "stop_loss_pct");
      Double targetPct = firstNumber(message, "tp_pct", "take_profit_pct");
      intent
          .setStopLossPct(stopPct)
          .setTakeProfitPct(targetPct)
          .setStopLoss(unlessZeroBeside(stopPct, message.decimal("stop_loss")))
          .setTakeProfit(unlessZeroBeside(targetPct, message.decimal("take_profit")));
    }
    intent
        .setAtr(unlessZero(message.number("atr_value")))
        .setVolatilityFactor(unlessZero(message.number("volatility_factor")));
  }

  private static Double firstNumber(SentFields message, String... names) {
    return message.firstOf(names).map(message::number).orElse(null);
  }

  private static BigDecimal unlessZeroBeside(Double percent, BigDecimal absolute) {
    return percent != null && absolute != null && absolute.signum() == 0 ? null : absolute;
  }

  private static Double unlessZero(Double value) {
    return value == null || value == 0.0 ? null : value;
  }
}
